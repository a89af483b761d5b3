namespace Dossier.Core.Webhooks;

/// <summary>A delivery that is to be sent.</summary>
/// <param name="Key">The store's key.</param>
/// <param name="Id">The public id.</param>
/// <param name="Event">Its event.</param>
/// <param name="Payload">The body.</param>
/// <param name="Attempts">How often it was sent before.</param>
/// <param name="CreatedAt">When it was put into the queue, in milliseconds since the epoch.</param>
public sealed record QueuedDelivery(long Key, string Id, string Event, string Payload, int Attempts, long CreatedAt);

/// <summary>The next delivery of a webhook.</summary>
/// <param name="Webhook">The webhook as it now is.</param>
/// <param name="OwnerName">The principal who created or last changed it.</param>
/// <param name="Delivery">Its oldest delivery that waits.</param>
public sealed record WebhookTurn(StoredWebhook Webhook, string OwnerName, QueuedDelivery Delivery);

/// <summary>What came of an attempt.</summary>
/// <param name="Delivered">Whether the receiver took it.</param>
/// <param name="RetryAt">When to try again, in milliseconds since the epoch; null for not again.</param>
/// <param name="Reply">The receiver's answer; null if it was not called.</param>
/// <param name="Error">Why it failed.</param>
public sealed record DeliveryOutcome(bool Delivered, long? RetryAt, WebhookReply? Reply, string? Error);

/// <summary>
/// The port to the outbox: the stream of events, how far webhooks have read it, and the deliveries that wait. Several servers on one database share
/// the work: a webhook is leased to one of them at a time, so that it gets its deliveries one by one, in the order of what happened.
/// </summary>
public interface IWebhookOutbox
{
    /// <summary>
    /// Completes at the next change in this process that webhooks may send. Get it before reading, and await it afterwards.
    /// </summary>
    Task NextChange { get; }

    /// <summary>Whether there are webhooks at all.</summary>
    Task<bool> HasWebhooksAsync(CancellationToken cancel);

    /// <summary>Reads on in the stream and puts deliveries into the queue, in one transaction.</summary>
    /// <param name="now">In milliseconds since the epoch.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>Whether there may be more to read at once.</returns>
    Task<bool> FanOutAsync(long now, CancellationToken cancel);

    /// <summary>Leases webhooks with deliveries that are due, and returns their keys.</summary>
    Task<IReadOnlyList<long>> LeaseAsync(int most, long now, long until, CancellationToken cancel);

    /// <summary>The next delivery of a leased webhook; null if none is due.</summary>
    Task<WebhookTurn?> NextAsync(long webhookKey, CancellationToken cancel);

    /// <summary>
    /// Writes down what came of an attempt. The lease goes on until <paramref name="until"/>, or to the time of the next attempt.
    /// </summary>
    Task RecordAsync(long webhookKey, QueuedDelivery delivery, DeliveryOutcome outcome, long now, long until, CancellationToken cancel);

    /// <summary>Returns a leased webhook, and drops the oldest of its finished deliveries.</summary>
    /// <param name="webhookKey">Which.</param>
    /// <param name="now">In milliseconds since the epoch.</param>
    /// <param name="due">When it may be leased again.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task ReleaseAsync(long webhookKey, long now, long due, CancellationToken cancel);
}
