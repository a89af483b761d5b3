using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations;

/// <summary>The table <c>schema_version</c>: which migrations the database has seen, and when.</summary>
internal static class SchemaHistory
{
    /// <summary>The version of the database, 0 when it is new; makes the table.</summary>
    public static async ValueTask<int> ReadAsync(SqlSession session)
    {
        await session.ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name {session.Dialect.Text} NOT NULL, applied_at BIGINT NOT NULL)");
        return await session.FirstAsync("SELECT COALESCE(MAX(version), 0) FROM schema_version", static row => (int)row.Integer(0), 0);
    }

    /// <summary>Refuses a database that a newer program made.</summary>
    /// <exception cref="StoreOpenException">It is newer than the last of <paramref name="migrations"/>.</exception>
    public static void RefuseNewer(int found, IReadOnlyList<Migration> migrations)
    {
        var known = migrations[^1].Version;
        if (found > known)
        {
            throw new StoreOpenException(
                $"The database has schema version {found}, but this program knows only up to {known}: it was written by a newer Dossier. "
                + "Run that version, or restore the backup that was made beside the database before it was migrated.");
        }
    }

    /// <summary>Applies one migration and notes it; the caller holds the transaction.</summary>
    public static async ValueTask ApplyAsync(SqlSession session, Migration migration, MigrationContext context)
    {
        await migration.ApplyAsync(session, context);
        await session.ExecuteAsync(
            "INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, $3)", migration.Version, migration.Name, context.Now);
    }
}
