using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Webhooks;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Registry;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Webhooks;

/// <inheritdoc cref="IWebhookStore"/>
internal sealed class WebhookStore(SqlDatabase database) : IWebhookStore
{
    // Each change of the registry looks at all of them.
    private const long MostWebhooks = 1000;

    // So that one user cannot use up the limit for all.
    private const long MostOfOwner = 100;

    private const string Set = "(set)";

    public Task<StoredWebhook> CreateAsync(StoredWebhook webhook, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var model = webhook.ModelName is { } name ? await ShareModelAsync(session, name) : null;
        if (await session.FirstAsync("SELECT COUNT(*) FROM webhooks", static row => row.Integer(0), 0L) >= MostWebhooks)
        {
            throw new ProtocolException(ErrorCode.InvalidState, $"There are already {MostWebhooks} webhooks, which is the maximum. Delete some, or use one webhook for all models.");
        }

        if (model is not null
            && await session.FirstAsync("SELECT COUNT(*) FROM webhooks WHERE owner_id = $1 AND model_id IS NOT NULL", static row => row.Integer(0), 0L, webhook.OwnerId) >= MostOfOwner)
        {
            throw new ProtocolException(
                ErrorCode.InvalidState, $"{change.Principal} already has {MostOfOwner} webhooks for single models, which is the maximum. Delete some, or ask an administrator for a webhook for all models.");
        }

        await session.ExecuteAsync(
            """
            INSERT INTO webhooks (public_id, dialect, model_id, event_model, name, description, url, verify_tls, status, events, sealed_secret,
                sealed_authorization, owner_id, armed, listening, next_at, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0, 0, $14, $14)
            """,
            webhook.Id, (long)webhook.Dialect, model, webhook.ModelName, webhook.Name, webhook.Description, webhook.Url, webhook.VerifyTls, webhook.Status,
            WebhookRow.EventsText(webhook.Events), Bytes(webhook.Secret), Bytes(webhook.Authorization), webhook.OwnerId, change.At);
        await EventWriter.WriteAsync(session, change, EventAction.WebhookCreate, webhook.Id, EventDetail.Changes(
            [new("model_name", null, webhook.ModelName), .. Changes(null, webhook)]));
        return webhook with { CreatedAt = change.At, UpdatedAt = change.At };
    }, cancel);

    public Task<StoredWebhook?> FindAsync(string id, CancellationToken cancel) =>
        database.ReadAsync(async session => (await WebhookRow.FindAsync(session, id))?.Webhook, cancel);

    public Task<Page<StoredWebhook>> ListAsync(WebhookQuery query, CancellationToken cancel) => database.ReadAsync(
        session =>
        {
            var select = new SelectBuilder(session.Dialect);
            select.Conditions.Add(WebhookRow.IsThere);
            select.Conditions.Add($"w.dialect = {select.Parameter((long)query.Dialect)}");
            if (query.ModelName is { } model)
            {
                select.Conditions.Add($"m.name = {select.Parameter(model)}");
            }

            if (query.Events.Count > 0)
            {
                select.Conditions.Add($"({string.Join(" OR ", query.Events.Select(name =>
                    select.Dialect.Like("w.events", select.Number(select.Dialect.Pattern($"% {name} %", ignoreCase: false)), ignoreCase: false)))})");
            }

            return PageSearch.RunAsync(
                session, WebhookRow.Target, select, new([], [], query.MaxResults, query.PageToken), static row => WebhookRow.Read(row).Webhook);
        },
        cancel);

    public Task<StoredWebhook> UpdateAsync(string id, Func<StoredWebhook, StoredWebhook> edit, Change change, CancellationToken cancel) =>
        database.WriteAsync(async session =>
        {
            await session.FirstAsync(session.Dialect.ForUpdate("SELECT id FROM webhooks WHERE public_id = $1"), static _ => true, false, id);
            var row = await WebhookRow.FindAsync(session, id) ?? throw WebhookGate.Missing(id);
            var webhook = edit(row.Webhook) with { UpdatedAt = change.At };
            await session.ExecuteAsync(
                """
                UPDATE webhooks SET name = $2, description = $3, url = $4, verify_tls = $5, status = $6, events = $7, sealed_secret = $8,
                    sealed_authorization = $9, owner_id = $10, updated_at = $11 WHERE id = $1
                """,
                row.Key, webhook.Name, webhook.Description, webhook.Url, webhook.VerifyTls, webhook.Status, WebhookRow.EventsText(webhook.Events),
                Bytes(webhook.Secret), Bytes(webhook.Authorization), webhook.OwnerId, change.At);
            await EventWriter.WriteAsync(session, change, EventAction.WebhookUpdate, id, EventDetail.Changes([.. Changes(row.Webhook, webhook)]));
            return webhook;
        }, cancel);

    public Task DeleteAsync(string id, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await session.FirstAsync(session.Dialect.ForUpdate("SELECT id FROM webhooks WHERE public_id = $1"), static _ => true, false, id);
        if (await WebhookRow.FindAsync(session, id) is { } row)
        {
            await DeleteAsync(session, row.Key);
            await EventWriter.WriteAsync(session, change, EventAction.WebhookDelete, id, EventDetail.Changes(
                new("model_name", row.Webhook.ModelName, null), new("url", row.Webhook.Url, null)));
        }
    }, cancel);

    public Task NoteTestAsync(StoredWebhook webhook, string name, Change change, CancellationToken cancel) => database.WriteAsync(
        async session => await EventWriter.WriteAsync(session, change, EventAction.WebhookTest, webhook.Id, Sending(webhook, name)), cancel);

    public Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(string id, int maxResults, CancellationToken cancel) => database.ReadAsync(
        async session => (IReadOnlyList<WebhookDelivery>)await session.ListAsync(
            """
            SELECT d.public_id, d.event, d.state, d.attempts, d.created_at, d.last_at, d.status_code, d.duration_ms, d.error
            FROM webhook_deliveries d WHERE d.webhook_id = (SELECT w.id FROM webhooks w WHERE w.public_id = $1) ORDER BY d.id DESC LIMIT $2
            """,
            static row => new WebhookDelivery
            {
                DeliveryId = row.Text(0),
                Event = row.SharedText(1),
                Status = (DeliveryState)row.Integer(2) switch
                {
                    DeliveryState.Waiting => WebhookDeliveryStatus.Waiting,
                    DeliveryState.Delivered => WebhookDeliveryStatus.Delivered,
                    _ => WebhookDeliveryStatus.GivenUp,
                },
                Attempts = row.Integer(3),
                CreationTimestamp = row.Integer(4),
                LastAttemptTimestamp = row.IntegerOrNull(5),
                StatusCode = row.IntegerOrNull(6),
                DurationMs = row.IntegerOrNull(7),
                Error = row.TextOrNull(8),
            },
            id, (long)maxResults),
        cancel);

    /// <summary>Deletes a webhook with its deliveries.</summary>
    public static async ValueTask DeleteAsync(SqlSession session, long key)
    {
        await session.ExecuteAsync("DELETE FROM webhook_deliveries WHERE webhook_id = $1", key);
        await session.ExecuteAsync("DELETE FROM webhooks WHERE id = $1", key);
    }

    /// <summary>The detail of an event about a message that is sent.</summary>
    public static string Sending(StoredWebhook webhook, string name) => EventDetail.Changes(
        new("event", null, name), new("url", null, webhook.Url), new("enable_ssl_verification", null, Text(webhook.VerifyTls)));

    // While it is held, the model can be neither renamed nor deleted: its events name it as this webhook does.
    private static async ValueTask<string> ShareModelAsync(SqlSession session, string name) => await session.FirstAsync<string?>(
        session.Dialect.ForShare("SELECT public_id FROM registered_models WHERE name = $1"), static row => row.Text(0), null, name)
        ?? throw RegistryErrors.NoModel(name);

    private static IEnumerable<FieldChange> Changes(StoredWebhook? from, StoredWebhook to) => new FieldChange[]
    {
        new("name", from?.Name, to.Name),
        new("description", from?.Description, to.Description),
        new("events", from is null ? null : string.Join(' ', from.Events), string.Join(' ', to.Events)),
        new("url", from?.Url, to.Url),
        new("enable_ssl_verification", from is null ? null : Text(from.VerifyTls), Text(to.VerifyTls)),
        new("status", from?.Status, to.Status),
        new("secret", from?.Secret is null ? null : Set, to.Secret is null ? null : Set),
        new("authorization", from?.Authorization is null ? null : Set, to.Authorization is null ? null : Set),
    }.Where(change => change.From != change.To
        || (change.Field == "secret" && !ReferenceEquals(from?.Secret, to.Secret)) || (change.Field == "authorization" && !ReferenceEquals(from?.Authorization, to.Authorization)));

    private static string Text(bool value) => value ? "true" : "false";

    private static SqlValue Bytes(byte[]? value) => value is null ? default : (SqlValue)value;
}
