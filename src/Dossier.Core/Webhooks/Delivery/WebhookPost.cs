using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dossier.Core.Webhooks;

/// <summary>One request to a receiver.</summary>
/// <param name="Url">Where to.</param>
/// <param name="VerifyTls">Whether the receiver's certificate is checked.</param>
/// <param name="Headers">Beside those of every request.</param>
/// <param name="Body">JSON, in UTF-8: signed exactly as it is sent.</param>
public sealed record WebhookPost(Uri Url, bool VerifyTls, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    /// <summary>Makes the request, signed by its dialect's rule.</summary>
    /// <param name="webhook">Whose it is.</param>
    /// <param name="deliveryId">The same in all attempts: receivers recognize repetitions by it.</param>
    /// <param name="payload">The body.</param>
    /// <param name="now">The time of the attempt.</param>
    /// <param name="secrets">Opens the webhook's secrets.</param>
    /// <exception cref="CryptographicException">A secret was sealed with another key.</exception>
    public static WebhookPost Of(StoredWebhook webhook, string deliveryId, string payload, DateTimeOffset now, SecretBox secrets)
    {
        var body = Encoding.UTF8.GetBytes(payload);
        var secret = WebhookSecrets.OpenSecret(secrets, webhook);
        return new(new(webhook.Url), webhook.VerifyTls, [.. webhook.Dialect == WebhookDialect.Workspace
            ? OfWorkspace(deliveryId, body, secret, WebhookSecrets.OpenAuthorization(secrets, webhook))
            : OfMlflow(deliveryId, payload, secret, now)], body);
    }

    private static IEnumerable<(string, string)> OfWorkspace(string deliveryId, byte[] body, string? secret, string? authorization)
    {
        yield return ("X-Dossier-Delivery-Id", deliveryId);
        if (secret is not null)
        {
            yield return ("X-Databricks-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        }

        if (authorization is not null)
        {
            yield return ("Authorization", authorization);
        }
    }

    private static IEnumerable<(string, string)> OfMlflow(string deliveryId, string payload, string? secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        yield return ("X-MLflow-Delivery-Id", deliveryId);
        yield return ("X-MLflow-Timestamp", timestamp);
        if (secret is not null)
        {
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{deliveryId}.{timestamp}.{payload}"));
            yield return ("X-MLflow-Signature", $"v1,{Convert.ToBase64String(signature)}");
        }
    }
}
