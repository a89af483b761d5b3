using Dossier.Storage.Sql;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>
/// The order of events; the seals of their hash chain; and an index of them that costs the writers of events nothing, since the sealer keeps it:
/// <c>audit_terms</c> says in which blocks of the stream there is an event of a principal, action or object.
/// </summary>
internal static class AuditTables
{
    private static readonly string[] AppendOnly = ["events", "audit_seals"];
    private static readonly string[] Changes = ["UPDATE", "DELETE"];

    public static async ValueTask CreateAsync(SqlSession session)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }
    }

    private static IEnumerable<string> Statements(Dialect d) =>
    [
        // The id of the registered model that the object is or belongs to: names change.
        $"ALTER TABLE events ADD COLUMN object_key {d.Text}",
        .. d.HasOneWriter ? OrderOfOneWriter : OrderOfMany,
        .. KeysOfModels(d.HasOneWriter ? "substr(object_id, 1, instr(object_id, '/') - 1)" : "split_part(object_id, '/', 1)"),
        $"CREATE INDEX events_by_key ON events (object_key, {(d.HasOneWriter ? "" : "tx, ")}id) WHERE object_key IS NOT NULL",
        $"""
        CREATE TABLE audit_seals (
            number BIGINT NOT NULL PRIMARY KEY,
            last_tx BIGINT NOT NULL, last_id BIGINT NOT NULL, count BIGINT NOT NULL, at BIGINT NOT NULL,
            hash {d.Bytes} NOT NULL, digests {d.Bytes} NOT NULL)
        """,
        """
        CREATE TABLE audit_blocks (
            number BIGINT NOT NULL PRIMARY KEY, last_seal BIGINT NOT NULL,
            after_tx BIGINT NOT NULL, after_id BIGINT NOT NULL, last_tx BIGINT NOT NULL, last_id BIGINT NOT NULL,
            first_at BIGINT NOT NULL, last_at BIGINT NOT NULL)
        """,
        $"CREATE TABLE audit_terms (term {d.Text} NOT NULL, block BIGINT NOT NULL, PRIMARY KEY (term, block)) {d.ClusteredByKey}",
        .. d.HasOneWriter ? TriggersOfSqlite : TriggersOfPostgres,
    ];

    private static readonly string[] OrderOfOneWriter = ["ALTER TABLE events ADD COLUMN tx BIGINT NOT NULL GENERATED ALWAYS AS (0) VIRTUAL"];

    // The primary key is the order that the stream is read in: no second index is paid for.
    private static readonly string[] OrderOfMany =
    [
        "ALTER TABLE events ADD COLUMN tx BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE events DROP CONSTRAINT events_pkey, ADD PRIMARY KEY (tx, id)",
        "CREATE TABLE event_epoch (xid_offset BIGINT NOT NULL)",
        "INSERT INTO event_epoch (xid_offset) VALUES (0)",
    ];

    // What was renamed before this keeps its events of that time under its old name alone.
    private static string[] KeysOfModels(string modelOfVersion) =>
    [
        $"UPDATE events SET object_key = (SELECT m.public_id FROM registered_models m WHERE m.name = {modelOfVersion}) WHERE object_type = 'model_version'",
        "UPDATE events SET object_key = (SELECT m.public_id FROM registered_models m WHERE m.name = object_id) WHERE object_type = 'registered_model'",
    ];

    private static IEnumerable<string> TriggersOfSqlite =>
        from table in AppendOnly
        from verb in Changes
        select $"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END";

    private static IEnumerable<string> TriggersOfPostgres =>
    [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END'",
        .. AppendOnly.Select(static table => $"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"),
        .. AppendOnly.Select(static table => $"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"),
    ];
}
