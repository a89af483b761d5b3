using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>Who may have to do with a webhook, and whether it may still tell what it was made for.</summary>
/// <param name="store">The webhooks.</param>
/// <param name="identity">Their owners.</param>
/// <param name="access">Who may.</param>
public sealed class WebhookGate(IWebhookStore store, IIdentityStore identity, AccessService access)
{
    /// <summary>Lets a caller pass who manages the model, or all models where none is named.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c>, or that the model is not there.</exception>
    public async ValueTask RequireAsync(Caller caller, string? modelName, CancellationToken cancel)
    {
        if (modelName is not null)
        {
            await access.RequireAsync(caller, ObjectKinds.Model.Of(modelName), PermissionLevel.CanManage, cancel);
        }
        else if (!caller.IsAdmin)
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied, $"Only members of the group '{BuiltIn.Admins}' may use webhooks for all registered models. Set 'model_name' to a model that you manage.");
        }
    }

    /// <summary>The webhook, for a caller who manages it. To somebody who may not read its model it isn't there.</summary>
    public async Task<StoredWebhook> ManagedAsync(Caller caller, string? id, CancellationToken cancel)
    {
        var text = TextRules.Required(id, "id", Limits.WebhookId);
        var webhook = await store.FindAsync(text, cancel) ?? throw Missing(text);
        if (webhook.ModelName is { } model && !caller.IsAdmin
            && await access.LevelAsync(caller, ObjectKinds.Model.Of(model), cancel) is null or < PermissionLevel.CanRead)
        {
            throw Missing(text);
        }

        await RequireAsync(caller, webhook.ModelName, cancel);
        return webhook;
    }

    /// <summary>Whether the webhook's owner may know what it tells: may read the model, or is an administrator where it is about all models.</summary>
    public async ValueTask<bool> MayTellAsync(StoredWebhook webhook, CancellationToken cancel) =>
        await identity.FindCallerAsync(webhook.OwnerId, cancel) is { } owner
        && (owner.IsAdmin || (webhook.ModelName is { } model && await access.LevelAsync(owner, ObjectKinds.Model.Of(model), cancel) >= PermissionLevel.CanRead));

    /// <summary>There is no such webhook.</summary>
    public static ProtocolException Missing(string id) => ProtocolException.NotFound($"Webhook with id={TextRules.Excerpt(id)} not found.");
}
