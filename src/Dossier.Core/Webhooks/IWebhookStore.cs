using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Which webhooks to list.</summary>
/// <param name="Dialect">Those of this dialect.</param>
/// <param name="ModelName">Those about this registered model; null for all.</param>
/// <param name="Events">Only webhooks with one of these events; empty for all.</param>
/// <param name="MaxResults">How many at most.</param>
/// <param name="PageToken">Where the last page ended.</param>
public sealed record WebhookQuery(WebhookDialect Dialect, string? ModelName, IReadOnlyList<string> Events, int MaxResults, string? PageToken);

/// <summary>
/// The port to webhooks and the log of their deliveries. Every change is one durable transaction with its event row, which holds no secret.
/// </summary>
/// <remarks>A webhook about a registered model follows it through renames and is gone with it.</remarks>
public interface IWebhookStore
{
    /// <summary>Adds a webhook. It sends events that happen afterwards.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: the model is not there. <c>INVALID_STATE</c>: there are as many as there may be.</exception>
    Task<StoredWebhook> CreateAsync(StoredWebhook webhook, Change change, CancellationToken cancel);

    /// <summary>The webhook; null if it does not exist.</summary>
    Task<StoredWebhook?> FindAsync(string id, CancellationToken cancel);

    /// <summary>One page of webhooks, the oldest first.</summary>
    Task<Page<StoredWebhook>> ListAsync(WebhookQuery query, CancellationToken cancel);

    /// <summary>Changes a webhook and returns the result.</summary>
    /// <param name="id">Which.</param>
    /// <param name="edit">Makes the webhook as it is to be from what it is, and does nothing else: it may run more than once.</param>
    /// <param name="change">The caller and the time.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>, and what <paramref name="edit"/> throws.</exception>
    Task<StoredWebhook> UpdateAsync(string id, Func<StoredWebhook, StoredWebhook> edit, Change change, CancellationToken cancel);

    /// <summary>Deletes a webhook with its deliveries, including waiting ones; it is not an error if it does not exist.</summary>
    Task DeleteAsync(string id, Change change, CancellationToken cancel);

    /// <summary>Writes down that a webhook was tested.</summary>
    Task NoteTestAsync(StoredWebhook webhook, string name, Change change, CancellationToken cancel);

    /// <summary>The deliveries of a webhook, the newest first.</summary>
    Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(string id, int maxResults, CancellationToken cancel);
}
