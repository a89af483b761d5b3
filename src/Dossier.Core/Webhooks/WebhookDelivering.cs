using System.Security.Cryptography;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Sends the deliveries of one leased webhook, one after the other, until none waits or one has failed and is to wait.</summary>
/// <param name="outbox">The deliveries.</param>
/// <param name="gate">Whether they may still be told.</param>
/// <param name="sender">The network.</param>
/// <param name="secrets">Opens the webhook's secrets.</param>
/// <param name="clock">The time.</param>
public sealed class WebhookDelivering(IWebhookOutbox outbox, WebhookGate gate, IWebhookSender sender, SecretBox secrets, TimeProvider clock)
{
    /// <summary>Runs one turn.</summary>
    /// <param name="key">The webhook's key.</param>
    /// <param name="lease">How long an attempt holds the webhook, in milliseconds.</param>
    /// <param name="stop">Ends the turn after the attempt that has begun.</param>
    /// <param name="abort">Cuts the attempt short.</param>
    public async Task TurnAsync(long key, long lease, CancellationToken stop, CancellationToken abort)
    {
        var due = 0L;
        try
        {
            while (!stop.IsCancellationRequested && await outbox.NextAsync(key, abort) is { } turn)
            {
                var outcome = await AttemptAsync(turn, abort);
                var now = clock.Milliseconds();
                await outbox.RecordAsync(key, turn.Delivery, outcome, now, now + lease, CancellationToken.None);
                if (outcome.RetryAt is { } later)
                {
                    due = later;
                    return;
                }
            }
        }
        finally
        {
            await outbox.ReleaseAsync(key, clock.Milliseconds(), due, CancellationToken.None);
        }
    }

    private async Task<DeliveryOutcome> AttemptAsync(WebhookTurn turn, CancellationToken abort)
    {
        if (await WithheldAsync(turn, abort) is { } reason)
        {
            return new(false, null, null, reason);
        }

        WebhookPost post;
        try
        {
            post = WebhookPost.Of(turn.Webhook, turn.Delivery.Id, turn.Delivery.Payload, clock.GetUtcNow(), secrets);
        }
        catch (Exception failure) when (failure is CryptographicException or ProtocolException)
        {
            // The operator may yet bring the right key.
            return Later(turn.Delivery, null, "The webhook's secret can't be read with this server's key file.");
        }

        var reply = await sender.SendAsync(post, abort);
        if (reply.Accepted)
        {
            return new(true, null, reply, null);
        }

        var error = reply.Error ?? $"The receiver answered {reply.Status}.";
        return reply.MayPass ? Later(turn.Delivery, reply, error) : new(false, null, reply, error);
    }

    private async ValueTask<string?> WithheldAsync(WebhookTurn turn, CancellationToken abort) =>
        turn.Webhook.Status != WebhookStatus.Active ? $"The webhook was {turn.Webhook.Status} when it was to be sent."
        : await gate.MayTellAsync(turn.Webhook, abort) ? null
        : $"'{turn.OwnerName}', who made or last changed the webhook, may not know this any more. Somebody who may can update it.";

    private DeliveryOutcome Later(QueuedDelivery delivery, WebhookReply? reply, string error)
    {
        var now = clock.Milliseconds();
        var attempts = delivery.Attempts + 1;
        return attempts >= RetrySchedule.MostAttempts || now - delivery.CreatedAt >= (long)RetrySchedule.LongestAge.TotalMilliseconds
            ? new(false, null, reply, error)
            : new(false, now + (long)RetrySchedule.WaitAfter(attempts, Random.Shared.NextDouble()).TotalMilliseconds, reply, error);
    }
}
