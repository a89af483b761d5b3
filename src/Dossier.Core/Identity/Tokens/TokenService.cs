using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Personal access tokens. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where tokens are kept.</param>
/// <param name="identities">Whom they sign in.</param>
/// <param name="access">Checks who may hold tokens.</param>
/// <param name="clock">The time of changes.</param>
public sealed class TokenService(ICredentialStore store, IIdentityStore identities, AccessService access, TimeProvider clock)
{
    /// <summary>The one scope: everything that the owner may.</summary>
    internal const string AllApis = "all-apis";

    /// <summary>How long a token is good for if nothing is said.</summary>
    public static TimeSpan DefaultLifetime { get; } = TimeSpan.FromDays(90);

    /// <summary>How long a token can be good for.</summary>
    public static TimeSpan LongestLifetime { get; } = TimeSpan.FromDays(730);

    /// <summary>For how long a token that has ended stays in its owner's list.</summary>
    public static TimeSpan EndedKept { get; } = TimeSpan.FromDays(30);

    /// <summary>Creates a token for the caller.</summary>
    public Task<TokenCreated> CreateAsync(CreateToken message, Caller caller, CancellationToken cancel) => AddAsync(caller, message, caller, cancel);

    /// <summary>Creates a token for a service principal; the caller must be an administrator.</summary>
    public async Task<TokenCreated> CreateOnBehalfAsync(CreateTokenOnBehalf message, Caller caller, CancellationToken cancel)
    {
        var id = TextRules.Required(message.ApplicationId, "application_id", Limits.Principal);
        var found = await identities.FindAsync(PrincipalKind.ServicePrincipal, id, cancel);
        var owner = found is null ? null : await identities.FindCallerAsync(found.Id, cancel);
        return await AddAsync(
            owner ?? throw ProtocolException.NotFound($"Active service principal with application id '{TextRules.Excerpt(id)}' not found."),
            new() { LifetimeSeconds = message.LifetimeSeconds, Comment = message.Comment }, caller, cancel);
    }

    /// <summary>The caller's tokens, oldest first.</summary>
    public async Task<TokenList> ListOwnAsync(Caller caller, CancellationToken cancel) =>
        new([.. (await store.ListTokensAsync(caller.Id, null, cancel)).Select(token =>
            token with { OwnerId = null, OwnerName = null, CreatedById = null, CreatedByUsername = null })]);

    /// <summary>Everybody's tokens, oldest first; the caller must be an administrator.</summary>
    /// <param name="createdById">Only those that this principal created.</param>
    /// <param name="createdByUsername">Only those that this user created.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<TokenList> ListAllAsync(long? createdById, string? createdByUsername, CancellationToken cancel)
    {
        if (createdByUsername is not null)
        {
            var user = await identities.FindAsync(PrincipalKind.User, createdByUsername, cancel);
            if (user is null || (createdById ?? user.Id) != user.Id)
            {
                return new([]);
            }

            createdById = user.Id;
        }

        return new(await store.ListTokensAsync(null, createdById, cancel));
    }

    /// <summary>Anybody's token; the caller must be an administrator.</summary>
    public async Task<TokenInfo> GetAsync(string tokenId, CancellationToken cancel) => await store.FindTokenAsync(tokenId, cancel) ?? throw Missing(tokenId);

    /// <summary>Changes the comment of one of the caller's tokens.</summary>
    public async Task UpdateAsync(string tokenId, UpdateToken message, Caller caller, CancellationToken cancel)
    {
        if (message.UpdateMask is not (null or "comment"))
        {
            throw ProtocolException.InvalidValue(TextRules.Excerpt(message.UpdateMask), "update_mask", "only 'comment' can be changed.");
        }

        await RequireOwnAsync(tokenId, caller, cancel);
        await store.UpdateTokenAsync(tokenId, TextRules.Optional(message.Token?.Comment, "token.comment", Limits.TokenComment), clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes one of the caller's tokens.</summary>
    public async Task DeleteOwnAsync(TokenRef message, Caller caller, CancellationToken cancel)
    {
        var id = TextRules.Required(message.TokenId, "token_id", Limits.TokenId);
        await RequireOwnAsync(id, caller, cancel);
        await DeleteAsync(id, caller, cancel);
    }

    /// <summary>Deletes anybody's token; the caller must be an administrator.</summary>
    public Task DeleteAsync(string tokenId, Caller caller, CancellationToken cancel) => store.DeleteTokenAsync(tokenId, clock.ChangeBy(caller), cancel);

    /// <summary>Forgets tokens that ended <see cref="EndedKept"/> ago; meant to be called each hour or so.</summary>
    public Task DeleteEndedAsync(CancellationToken cancellationToken) =>
        store.DeleteEndedTokensAsync(clock.Milliseconds() - (long)EndedKept.TotalMilliseconds, cancellationToken);

    private static ProtocolException Missing(string tokenId) => ProtocolException.NotFound($"Token with id '{TextRules.Excerpt(tokenId)}' not found.");

    private async Task RequireOwnAsync(string tokenId, Caller caller, CancellationToken cancel)
    {
        // A token of another user is reported as not found.
        if ((await store.FindTokenAsync(tokenId, cancel))?.OwnerId != caller.Id)
        {
            throw Missing(tokenId);
        }
    }

    private async Task<TokenCreated> AddAsync(Caller owner, CreateToken message, Caller caller, CancellationToken cancel)
    {
        if (owner.Id == BuiltIn.LocalId)
        {
            throw new ProtocolException(ErrorCode.InvalidState, "Sign-in is disabled on this server, so tokens have no effect. Start the server with --auth first.");
        }

        if (ListRules.Bounded(message.Scopes, "scopes", Limits.TokenScopes) is { Count: > 0 } scopes && scopes is not [AllApis])
        {
            throw ProtocolException.Invalid($"'scopes' can only be ['{AllApis}']: tokens with narrower scopes are not supported. Use a service principal with few permissions instead.");
        }

        await access.RequireAsync(owner, ObjectKinds.Tokens.Only(), PermissionLevel.CanUse, cancel);
        var value = Secret.New(Secret.TokenPrefix);
        var change = clock.ChangeBy(caller);
        var token = new NewToken(
            TokenKind.Personal, owner.Id, Secret.Hash(value), change.At + (1000 * Lifetime(message.LifetimeSeconds)),
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
