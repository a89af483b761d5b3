using System.Globalization;
using Dossier.Storage.Migrations;

namespace Dossier.Storage.Sqlite;

/// <summary>Brings a database file to the newest version, with a backup beside it if there is something to lose.</summary>
internal static class SqliteMigrator
{
    public static async Task<MigrationReport> MigrateAsync(
        SqliteSession session, string path, IReadOnlyList<Migration> migrations, MigrationContext context)
    {
        var from = await SchemaHistory.ReadAsync(session);
        SchemaHistory.RefuseNewer(from, migrations);
        string? backup = null;
        foreach (var migration in migrations.Where(migration => migration.Version > from))
        {
            backup ??= from > 0 ? Backup(session, path, from, context) : null;
            await ApplyAsync(session, migration, context);
        }

        return new MigrationReport(from, migrations[^1].Version, backup);
    }

    private static async Task ApplyAsync(SqliteSession session, Migration migration, MigrationContext context)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            await SchemaHistory.ApplyAsync(session, migration, context);
            session.Execute("COMMIT");
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }

    // VACUUM INTO copies one consistent state, the write-ahead log included, into a file of its own.
    private static string Backup(SqliteSession session, string path, int version, MigrationContext context)
    {
        var time = context.Time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var backup = $"{path}.backup-v{version}-{time}";
        for (var again = 2; File.Exists(backup); again++)
        {
            backup = $"{path}.backup-v{version}-{time}-{again}";
        }

        session.Execute("VACUUM INTO $1", backup);
        return backup;
    }
}
