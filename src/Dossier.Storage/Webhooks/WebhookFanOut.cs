using Dossier.Core.Webhooks;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Registry;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Webhooks;

/// <summary>One step of the cursor: turns events into deliveries, in the order of what happened, in one transaction.</summary>
internal sealed class WebhookFanOut(SqlSession session, List<WebhookRow> webhooks, long now)
{
    /// <summary>Events of one transaction: more take another.</summary>
    public const int Step = 200;

    /// <summary>Deliveries that may wait for one receiver: further ones are given up at once.</summary>
    private const long MostWaiting = 10_000;

    private const string Principal = "dossier";

    private readonly Dictionary<string, bool> _prompts = [];
    private readonly Dictionary<long, long> _waiting = [];

    /// <summary>Moves the cursor, and returns whether there may be more events to read.</summary>
    public static async ValueTask<bool> RunAsync(SqlSession session, long now)
    {
        // Other servers wait here, and then read on where this one has stopped.
        var cursor = await session.FirstAsync(
            session.Dialect.ForUpdate("SELECT tx, id FROM webhook_cursor"), static row => new EventPosition(row.Integer(0), row.Integer(1)), default);
        var events = await RegistryEvents.ReadAsync(session, cursor, Step);
        if (events.Count > 0)
        {
            var fanOut = new WebhookFanOut(session, await session.ListAsync($"{WebhookRow.Select} ORDER BY w.id", WebhookRow.Read), now);
            foreach (var stored in events)
            {
                await fanOut.TakeAsync(stored);
            }

            var last = events[^1].Position;
            await session.ExecuteAsync("UPDATE webhook_cursor SET tx = $1, id = $2", last.Tx, last.Id);
        }

        return events.Count == Step;
    }

    private async ValueTask TakeAsync(StoredEvent stored)
    {
        if (stored.ObjectType == EventAction.WebhookCreate.ObjectType)
        {
            await FollowWebhookAsync(stored);
            return;
        }

        if (!webhooks.Exists(row => row.Armed))
        {
            return;
        }

        var change = new RegistryEvent(stored.Action, stored.Principal, stored.At, stored.ObjectId, stored.Detail);
        change = change with { IsPrompt = await IsPromptAsync(change) };
        foreach (var row in webhooks.Where(row => row.Listening && (row.EventModel is null || row.EventModel == change.ModelName)))
        {
            foreach (var told in WebhookTelling.Of(row.Webhook, change))
            {
                await AddAsync(row, told);
            }
        }

        if (stored.Action == EventAction.RegisteredModelRename.Name)
        {
            await FollowAsync(change.ModelName, change.To("name")!);
        }
        else if (stored.Action == EventAction.RegisteredModelDelete.Name)
        {
            await ForgetAsync(change.ModelName);
        }
    }

    // Events from the time when it was not active are not sent later, however late they are read.
    private async ValueTask FollowWebhookAsync(StoredEvent stored)
    {
        var change = new RegistryEvent(stored.Action, stored.Principal, stored.At, stored.ObjectId, stored.Detail);
        if (change.To("status") is { } status && stored.Action != EventAction.WebhookDelete.Name)
        {
            var isActive = status == WebhookStatus.Active;
            await session.ExecuteAsync("UPDATE webhooks SET armed = 1, listening = $2 WHERE public_id = $1", stored.ObjectId, isActive);
            var index = webhooks.FindIndex(row => row.Webhook.Id == stored.ObjectId);
            if (index >= 0)
            {
                webhooks[index] = webhooks[index] with { Armed = true, Listening = isActive };
            }
        }
    }

    private async ValueTask FollowAsync(string from, string to)
    {
        for (var index = 0; index < webhooks.Count; index++)
        {
            if (webhooks[index].Armed && webhooks[index].EventModel == from)
            {
                webhooks[index] = webhooks[index] with { EventModel = to };
                await session.ExecuteAsync("UPDATE webhooks SET event_model = $2 WHERE id = $1", webhooks[index].Key, to);
            }
        }
    }

    // Those of a deleted model are not in the list any more, but still in the table.
    private async ValueTask ForgetAsync(string model)
    {
        webhooks.RemoveAll(row => row.Armed && row.EventModel == model);
        foreach (var key in await session.ListAsync(
            "SELECT id FROM webhooks WHERE event_model = $1 AND armed = 1", static row => row.Integer(0), model))
        {
            await WebhookStore.DeleteAsync(session, key);
        }
    }

    private async ValueTask<bool> IsPromptAsync(RegistryEvent change)
    {
        if (change.MarksPrompt)
        {
            return true;
        }

        if (!_prompts.TryGetValue(change.ModelName, out var isPrompt))
        {
            _prompts[change.ModelName] = isPrompt = await ModelReader.IsPromptAsync(session, change.ModelName);
        }

        return isPrompt;
    }

    private async ValueTask AddAsync(WebhookRow row, WebhookTelling told)
    {
        if (!_waiting.TryGetValue(row.Key, out var waiting))
        {
            waiting = await session.FirstAsync(
                $"SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1 AND state = {(int)DeliveryState.Waiting} LIMIT $2) AS waiting",
                static found => found.Integer(0), 0L, row.Key, MostWaiting);
        }

        _waiting[row.Key] = waiting + 1;
        var tooMany = waiting >= MostWaiting;
        await session.ExecuteAsync(
            "INSERT INTO webhook_deliveries (public_id, webhook_id, event, payload, state, attempts, created_at, error) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
            Guid.NewGuid().ToString(), row.Key, told.Event, told.Payload, (long)(tooMany ? DeliveryState.GivenUp : DeliveryState.Waiting), now,
            tooMany ? $"{MostWaiting} other deliveries were already waiting for this receiver." : null);
        await EventWriter.WriteAsync(session, new(Principal, now), EventAction.WebhookTrigger, row.Webhook.Id, WebhookStore.Sending(row.Webhook, told.Event));
    }
}
