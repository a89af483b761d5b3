using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>
/// OAuth for programs: service principals have secrets, and get tokens of an hour for them. Every method throws <see
/// cref="ProtocolException"/> for a bad request.
/// </summary>
/// <param name="secrets">Where secrets are kept.</param>
/// <param name="tokens">Where tokens are kept.</param>
/// <param name="clock">The time of changes.</param>
public sealed class ClientCredentials(IClientSecretStore secrets, ICredentialStore tokens, TimeProvider clock)
{
    /// <summary>How long a token is good for.</summary>
    public static TimeSpan TokenLifetime { get; } = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(730);

    /// <summary>Creates a secret; its value is in this answer and never again.</summary>
    public async Task<ClientSecret> CreateSecretAsync(string servicePrincipalId, CreateClientSecret message, Caller caller, CancellationToken cancel)
    {
        var change = clock.ChangeBy(caller);
        var value = Secret.New(Secret.ClientPrefix);
        var kept = await secrets.AddAsync(
            PrincipalId(servicePrincipalId), Secret.Hash(value), change.At + (1000 * Lifetime(message.Lifetime)), change, cancel);
        return Shown(kept) with { Secret = value };
    }

    /// <summary>The secrets, without their values.</summary>
    public async Task<ClientSecretList> ListSecretsAsync(string servicePrincipalId, CancellationToken cancel) =>
        new([.. (await secrets.ListAsync(PrincipalId(servicePrincipalId), cancel)).Select(Shown)]);

    /// <summary>Deletes a secret, and ends the tokens that were handed out.</summary>
    public Task DeleteSecretAsync(string servicePrincipalId, string secretId, Caller caller, CancellationToken cancel) =>
        secrets.DeleteAsync(PrincipalId(servicePrincipalId), secretId, clock.ChangeBy(caller), cancel);

    /// <summary>Hands out a token of an hour; null when the secret is not the client's.</summary>
    public async Task<string?> IssueAsync(string clientId, string secret, CancellationToken cancel)
    {
        var now = clock.Milliseconds();
        if (!Secret.MayBe(secret) || await secrets.FindAsync(Secret.Hash(secret), cancel) is not { } holder
            || !holder.ApplicationId.Equals(clientId, StringComparison.OrdinalIgnoreCase) || holder.ExpiresAt <= now)
        {
            return null;
        }

        var value = Secret.New(Secret.TokenPrefix);
        var token = new NewToken(TokenKind.OAuth, holder.PrincipalId, Secret.Hash(value), now + (long)TokenLifetime.TotalMilliseconds, null);
        await tokens.AddTokenAsync(token, new(holder.ApplicationId, now, holder.PrincipalId), cancel);
        return value;
    }

    private ClientSecret Shown(KeptSecret kept) => new()
    {
        Id = kept.Id,
        Status = kept.ExpiresAt > clock.Milliseconds() ? "ACTIVE" : "EXPIRED",
        CreateTime = Text(kept.CreatedAt),
        ExpireTime = Text(kept.ExpiresAt),
    };

    private static string Text(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static long PrincipalId(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw ProtocolException.InvalidValue(TextRules.Excerpt(text), "service_principal_id", "it must be the numeric id that SCIM returns.");

    private static long Lifetime(string? text)
    {
        if (text is null)
        {
            return (long)LongestLifetime.TotalSeconds;
        }

        return text.EndsWith('s') && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= 1 && seconds <= LongestLifetime.TotalSeconds
            ? seconds
            : throw ProtocolException.InvalidValue(
                TextRules.Excerpt(text), "lifetime", $"it must be a number of seconds followed by 's', from 1s to {LongestLifetime.TotalSeconds}s (two years).");
    }
}
