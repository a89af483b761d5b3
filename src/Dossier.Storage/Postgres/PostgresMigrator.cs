using Dossier.Storage.Migrations;
using Npgsql;

namespace Dossier.Storage.Postgres;

/// <summary>Brings a PostgreSQL database to the newest version. The backup is the operator's: <c>pg_dump</c> before an upgrade.</summary>
internal static class PostgresMigrator
{
    // Any number will do, as long as all versions of the program use the same.
    private const long MigrationLock = 0x444F5353494552;

    public static async Task<MigrationReport> MigrateAsync(
        NpgsqlDataSource source, IReadOnlyList<Migration> migrations, MigrationContext context, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var session = new PostgresSession(connection, CancellationToken.None);

        // Replicas that start together: one migrates, the others wait and then find nothing to do. Closing the connection unlocks too.
        await session.ExecuteAsync("SELECT pg_advisory_lock($1)", MigrationLock);
        try
        {
            var from = await SchemaHistory.ReadAsync(session);
            SchemaHistory.RefuseNewer(from, migrations);
            foreach (var migration in migrations.Where(migration => migration.Version > from))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await SchemaHistory.ApplyAsync(session, migration, context);
                await transaction.CommitAsync(cancel);
            }

            return new MigrationReport(from, migrations[^1].Version, Backup: null);
        }
        finally
        {
            await session.ExecuteAsync("SELECT pg_advisory_unlock($1)", MigrationLock);
        }
    }
}
