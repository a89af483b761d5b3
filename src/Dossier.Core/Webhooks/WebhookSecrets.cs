using Dossier.Protocol;

namespace Dossier.Core.Webhooks;

/// <summary>A webhook's secrets: sealed for the store, each bound to its webhook and to what it is.</summary>
internal static class WebhookSecrets
{
    private const int Longest = 4096;

    /// <summary>Seals the key of signatures; null for an empty one, which removes it.</summary>
    /// <remarks>Errors do not repeat it.</remarks>
    public static byte[]? SealSecret(SecretBox box, string webhookId, string secret, string parameter) => secret.Length <= Longest
        ? Seal(box, secret, Of(webhookId, "secret"))
        : throw ProtocolException.Invalid($"Invalid value for parameter '{parameter}' supplied: it must have at most {Longest} characters.");

    /// <summary>Seals the header <c>Authorization</c>; null for an empty one, which removes it.</summary>
    public static byte[]? SealAuthorization(SecretBox box, string webhookId, string authorization, string parameter)
    {
        if (authorization.Length > Longest || authorization.Any(c => c is < ' ' or > '~'))
        {
            throw ProtocolException.Invalid($"Invalid value for parameter '{parameter}' supplied: it must be at most {Longest} printable ASCII characters, e.g. 'Bearer …'.");
        }

        return Seal(box, authorization, Of(webhookId, "authorization"));
    }

    /// <summary>The key of signatures; null for none.</summary>
    public static string? OpenSecret(SecretBox box, StoredWebhook webhook) =>
        webhook.Secret is { } sealedSecret ? box.Open(sealedSecret, Of(webhook.Id, "secret")) : null;

    /// <summary>The header <c>Authorization</c>; null for none.</summary>
    public static string? OpenAuthorization(SecretBox box, StoredWebhook webhook) =>
        webhook.Authorization is { } sealedHeader ? box.Open(sealedHeader, Of(webhook.Id, "authorization")) : null;

    private static byte[]? Seal(SecretBox box, string text, string of) => text.Length == 0 ? null : box.Seal(text, of);

    private static string Of(string webhookId, string what) => $"webhook {webhookId} {what}";
}
