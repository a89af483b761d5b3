using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>The order of events, their indexes, and the seals of their hash chain.</summary>
internal static class AuditTables
{
    public static async ValueTask CreateAsync(SqlSession session)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }
    }

    // PostgreSQL's primary key is the order that the stream is read in, and no second index is paid for.
    private static IEnumerable<string> Statements(Dialect d) => d.HasOneWriter
        ? ["ALTER TABLE events ADD COLUMN tx BIGINT NOT NULL GENERATED ALWAYS AS (0) VIRTUAL"]
        :
        [
            "ALTER TABLE events ADD COLUMN tx BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE events DROP CONSTRAINT events_pkey, ADD PRIMARY KEY (tx, id)",
            "CREATE TABLE event_epoch (xid_offset BIGINT NOT NULL)",
            "INSERT INTO event_epoch (xid_offset) VALUES (0)",
        ];
}
