using Dossier.Storage.Sql;
using Dossier.Storage.Webhooks;

namespace Dossier.Storage.Migrations.V0002;

/// <summary>
/// Webhooks, how far they have read the events (<c>webhook_cursor</c>, one row), and their deliveries. <c>model_id</c> is the public id of the model that a
/// webhook is about, and <c>event_model</c> that model's name where the cursor stands. A webhook is <c>armed</c> once the cursor has passed its creation,
/// and <c>listening</c> says whether it was active there; until <c>next_at</c> it is leased to a server or waits for its next attempt.
/// </summary>
internal static class WebhookTables
{
    public static async ValueTask CreateAsync(SqlSession session)
    {
        foreach (var statement in Statements(session.Dialect))
        {
            await session.ExecuteAsync(statement);
        }
    }

    private static IEnumerable<string> Statements(Dialect d) =>
    [
        $"""
        CREATE TABLE webhooks (
            id {d.Identity},
            public_id {d.Text} NOT NULL UNIQUE,
            dialect BIGINT NOT NULL,
            model_id {d.Text},
            event_model {d.Text},
            name {d.Text},
            description {d.Text},
            url {d.Text} NOT NULL,
            verify_tls BIGINT NOT NULL,
            status {d.Text} NOT NULL,
            events {d.Text} NOT NULL,
            sealed_secret {d.Bytes},
            sealed_authorization {d.Bytes},
            owner_id BIGINT NOT NULL,
            armed BIGINT NOT NULL,
            listening BIGINT NOT NULL,
            next_at BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL)
        """,
        "CREATE TABLE webhook_cursor (tx BIGINT NOT NULL, id BIGINT NOT NULL)",
        "INSERT INTO webhook_cursor (tx, id) VALUES (0, 0)",
        $"""
        CREATE TABLE webhook_deliveries (
            id {d.Identity},
            public_id {d.Text} NOT NULL,
            webhook_id BIGINT NOT NULL REFERENCES webhooks (id),
            event {d.Text} NOT NULL,
            payload {d.Text} NOT NULL,
            state BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            created_at BIGINT NOT NULL,
            last_at BIGINT,
            status_code BIGINT,
            duration_ms BIGINT,
            error {d.Text})
        """,
        "CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id)",
        $"CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, id) WHERE state = {(int)DeliveryState.Waiting}",
        // What runs log, most of all events, is in no index but the stream's own.
        $"CREATE INDEX {RegistryEvents.Index} ON events ({(d.HasOneWriter ? "id" : "tx, id")}) WHERE {RegistryEvents.Condition}",
    ];
}
