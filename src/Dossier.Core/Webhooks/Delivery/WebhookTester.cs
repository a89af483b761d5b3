using Dossier.Core.Access;
using Dossier.Core.Audit;

namespace Dossier.Core.Webhooks;

/// <summary>Sends an example to a webhook's receiver at once, whatever the webhook's status.</summary>
/// <param name="store">Writes down that it was tested.</param>
/// <param name="sender">The network.</param>
/// <param name="secrets">Opens the webhook's secrets.</param>
/// <param name="clock">The time.</param>
public sealed class WebhookTester(IWebhookStore store, IWebhookSender sender, SecretBox secrets, TimeProvider clock)
{
    /// <summary>Sends it and returns the receiver's answer.</summary>
    internal async Task<WebhookReply> TestAsync(StoredWebhook webhook, string name, Caller caller, CancellationToken cancel)
    {
        var change = clock.ChangeBy(caller);
        var told = WebhookTelling.Example(webhook, name, caller.Name, change.At);
        var post = WebhookPost.Of(webhook, Guid.NewGuid().ToString(), told.Payload, clock.GetUtcNow(), secrets);
        await store.NoteTestAsync(webhook, name, change, cancel);
        return await sender.SendAsync(post, cancel);
    }
}
