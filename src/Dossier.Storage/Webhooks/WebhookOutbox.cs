using Dossier.Core.Webhooks;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Webhooks;

/// <inheritdoc cref="IWebhookOutbox"/>
internal sealed class WebhookOutbox(SqlDatabase database) : IWebhookOutbox
{
    /// <summary>Finished deliveries that a webhook's log keeps.</summary>
    private const long KeptDeliveries = 1000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private static readonly string Waiting = $"state = {(int)DeliveryState.Waiting}";

    public Task NextChange => database.EventCommitted.Next;

    public Task<bool> HasWebhooksAsync(CancellationToken cancel) => database.ReadAsync(
        session => session.FirstAsync("SELECT 1 FROM webhooks LIMIT 1", static _ => true, false), cancel);

    public async Task<bool> FanOutAsync(long now, CancellationToken cancel)
    {
        // Usually there is nothing new; then the writer is not needed.
        var news = await database.ReadAsync(async session =>
        {
            var cursor = await session.FirstAsync(
                "SELECT tx, id FROM webhook_cursor", static row => new EventPosition(row.Integer(0), row.Integer(1)), default);
            return (await RegistryEvents.ReadAsync(session, cursor, 1)).Count > 0;
        }, cancel);
        return news && await database.WriteAsync(session => WebhookFanOut.RunAsync(session, now), cancel);
    }

    public async Task<IReadOnlyList<long>> LeaseAsync(int most, long now, long until, CancellationToken cancel)
    {
        var due = $"SELECT w.id FROM webhooks w WHERE w.next_at <= $1 AND EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.{Waiting}) ORDER BY w.next_at, w.id LIMIT $2";
        if (!await database.ReadAsync(session => session.FirstAsync(due, static _ => true, false, now, 1L), cancel))
        {
            return [];
        }

        return await database.WriteAsync(async session =>
        {
            var keys = await session.ListAsync(session.Dialect.ForUpdateOfFree(due), static row => row.Integer(0), now, (long)most);
            if (keys.Count > 0)
            {
                await session.ExecuteAsync($"UPDATE webhooks SET next_at = $1 WHERE {session.Dialect.In("id", 2)}", until, SqlValue.List(keys));
            }

            return keys;
        }, cancel);
    }

    public Task<WebhookTurn?> NextAsync(long webhookKey, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        if (await session.FirstAsync<WebhookRow?>($"{WebhookRow.Select} AND w.id = $1", WebhookRow.Read, null, webhookKey) is not { } row)
        {
            return null;
        }

        var delivery = await session.FirstAsync<QueuedDelivery?>(
            $"SELECT id, public_id, event, payload, attempts, created_at FROM webhook_deliveries WHERE webhook_id = $1 AND {Waiting} ORDER BY id LIMIT 1",
            static found => new(found.Integer(0), found.Text(1), found.Text(2), found.Text(3), (int)found.Integer(4), found.Integer(5)), null, webhookKey);
        return delivery is null ? null : new WebhookTurn(row.Webhook, await OwnerNameAsync(session, row.Webhook.OwnerId), delivery);
    }, cancel);

    public Task RecordAsync(long webhookKey, QueuedDelivery delivery, DeliveryOutcome outcome, long now, long until, CancellationToken cancel) =>
        database.WriteAsync(async session =>
        {
            var state = outcome.Delivered ? DeliveryState.Delivered : outcome.RetryAt is null ? DeliveryState.GivenUp : DeliveryState.Waiting;
            await session.ExecuteAsync(
                $"UPDATE webhook_deliveries SET state = $2, attempts = attempts + $3, last_at = $4, status_code = $5, duration_ms = $6, error = $7 WHERE id = $1 AND {Waiting}",
                delivery.Key, (long)state, outcome is { Reply: null, RetryAt: null } ? 0L : 1L, now, outcome.Reply?.Status, outcome.Reply?.DurationMs, outcome.Error);
            await session.ExecuteAsync("UPDATE webhooks SET next_at = $2 WHERE id = $1", webhookKey, outcome.RetryAt ?? until);
        }, cancel);

    public Task ReleaseAsync(long webhookKey, long now, long due, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("UPDATE webhooks SET next_at = $2 WHERE id = $1", webhookKey, due);
        await session.ExecuteAsync(
            $"""
            DELETE FROM webhook_deliveries WHERE webhook_id = $1 AND NOT ({Waiting}) AND (created_at < $2 OR id <= (
                SELECT d.id FROM webhook_deliveries d WHERE d.webhook_id = $1 ORDER BY d.id DESC LIMIT 1 OFFSET $3))
            """,
            webhookKey, now - (long)KeptFor.TotalMilliseconds, KeptDeliveries);
    }, cancel);

    private static ValueTask<string> OwnerNameAsync(SqlSession session, long id) =>
        session.FirstAsync("SELECT name FROM principals WHERE id = $1", static row => row.Text(0), "", id);
}
