using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Personal access tokens. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where tokens are kept.</param>
/// <param name="access">Who may hold tokens.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class TokenService(ICredentialStore store, AccessService access, TimeProvider clock)
{
    /// <summary>How long a token is good for if nothing is said.</summary>
    public static TimeSpan DefaultLifetime { get; } = TimeSpan.FromDays(90);

    /// <summary>How long a token can be good for.</summary>
    public static TimeSpan LongestLifetime { get; } = TimeSpan.FromDays(730);

    /// <summary>Creates a token for the caller.</summary>
    public async Task<TokenCreated> CreateAsync(CreateToken message, Caller caller, CancellationToken cancel)
    {
        await access.RequireAsync(caller, new AccessObject.Tokens(), PermissionLevel.CanUse, cancel);
        return await AddAsync(caller.Id, message, caller, cancel);
    }

    private async Task<TokenCreated> AddAsync(long ownerId, CreateToken message, Caller caller, CancellationToken cancel)
    {
        var value = Secret.New(Secret.TokenPrefix);
        var change = clock.ChangeBy(caller);
        var token = new NewToken(
            TokenKind.Personal,
            ownerId,
            Secret.Hash(value),
            change.At + (1000 * Lifetime(message.LifetimeSeconds)),
            TextRules.Optional(message.Comment, "comment", Limits.TokenComment));
        return new(value, await store.AddTokenAsync(token, change, cancel));
    }

    private static long Lifetime(long? seconds) => seconds switch
    {
        null => (long)DefaultLifetime.TotalSeconds,
        >= 1 when seconds <= LongestLifetime.TotalSeconds => seconds.Value,
        _ => throw ProtocolException.InvalidValue(
            seconds.Value.ToString(CultureInfo.InvariantCulture), "lifetime_seconds", $"it must be from 1 to {LongestLifetime.TotalSeconds} (two years)."),
    };
}
