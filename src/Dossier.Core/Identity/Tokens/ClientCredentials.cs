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

    /// <summary>The guard of <see cref="CreateSecretAsync"/>.</summary>
    public static Guard<CreateClientSecret> MayCreateSecret { get; } = Guards.Admin<CreateClientSecret>();

    /// <summary>Creates a secret; its value is in this answer and never again.</summary>
    public async Task<ClientSecret> CreateSecretAsync(Granted<CreateClientSecret> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var change = clock.ChangeBy(caller);
        var value = Secret.New(Secret.ClientPrefix);
        var kept = await secrets.AddAsync(
            PrincipalId(message.ServicePrincipalId), Secret.Hash(value), change.At + (1000 * Lifetime(message.Lifetime)), change, cancellationToken);
        return Shown(kept) with { Secret = value };
    }

    /// <summary>The guard of <see cref="ListSecretsAsync"/>.</summary>
    public static Guard<ListClientSecrets> MayListSecrets { get; } = Guards.Admin<ListClientSecrets>();

    /// <summary>The secrets, without their values.</summary>
    public async Task<ClientSecretList> ListSecretsAsync(Granted<ListClientSecrets> request, CancellationToken cancellationToken) =>
        new([.. (await secrets.ListAsync(PrincipalId(request.Message.ServicePrincipalId), cancellationToken)).Select(Shown)]);

    /// <summary>The guard of <see cref="DeleteSecretAsync"/>.</summary>
    public static Guard<DeleteClientSecret> MayDeleteSecret { get; } = Guards.Admin<DeleteClientSecret>();

    /// <summary>Deletes a secret, and ends the tokens that were handed out.</summary>
    public Task DeleteSecretAsync(Granted<DeleteClientSecret> request, CancellationToken cancellationToken) =>
        secrets.DeleteAsync(PrincipalId(request.Message.ServicePrincipalId), request.Message.SecretId ?? "", clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>Hands out a token of an hour; null when the secret is not the client's.</summary>
    public async Task<string?> IssueAsync(string clientId, string secret, CancellationToken cancellationToken)
    {
        var now = clock.Milliseconds();
        if (!Secret.MayBe(secret) || await secrets.FindAsync(Secret.Hash(secret), cancellationToken) is not { } holder
            || !holder.ApplicationId.Equals(clientId, StringComparison.OrdinalIgnoreCase) || holder.ExpiresAt <= now)
        {
            return null;
        }

        var value = Secret.New(Secret.TokenPrefix);
        var token = new NewToken(TokenKind.OAuth, holder.PrincipalId, Secret.Hash(value), now + (long)TokenLifetime.TotalMilliseconds, null);
        await tokens.AddTokenAsync(token, new(holder.ApplicationId, now, holder.PrincipalId), cancellationToken);
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

    private static long PrincipalId(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw ProtocolException.InvalidValue(TextRules.Excerpt(text ?? ""), "service_principal_id", "it must be the numeric id that SCIM returns.");

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
