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

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateToken> MayCreate { get; } = Guards.SignedIn<CreateToken>();

    /// <summary>Creates a token for the caller.</summary>
    public Task<TokenCreated> CreateAsync(Granted<CreateToken> request, CancellationToken cancellationToken) =>
        AddAsync(request.Caller, request.Message, request.Caller, cancellationToken);

    /// <summary>The guard of <see cref="CreateOnBehalfAsync"/>.</summary>
    public static Guard<CreateTokenOnBehalf> MayCreateOnBehalf { get; } = Guards.Admin<CreateTokenOnBehalf>();

    /// <summary>Creates a token for a service principal.</summary>
    public async Task<TokenCreated> CreateOnBehalfAsync(Granted<CreateTokenOnBehalf> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var id = TextRules.Required(message.ApplicationId, "application_id", Limits.Principal);
        var found = await identities.FindAsync(PrincipalKind.ServicePrincipal, id, cancellationToken);
        var owner = found is null ? null : await identities.FindCallerAsync(found.Id, cancellationToken);
        return await AddAsync(
            owner ?? throw ProtocolException.NotFound($"Active service principal with application id '{TextRules.Excerpt(id)}' not found."),
            new() { LifetimeSeconds = message.LifetimeSeconds, Comment = message.Comment }, caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="ListOwnAsync"/>.</summary>
    public static Guard<ListTokens> MayListOwn { get; } = Guards.SignedIn<ListTokens>();

    /// <summary>The caller's tokens, oldest first.</summary>
    public async Task<TokenList> ListOwnAsync(Granted<ListTokens> request, CancellationToken cancellationToken) =>
        new([.. (await store.ListTokensAsync(request.Caller.Id, null, cancellationToken)).Select(token =>
            token with { OwnerId = null, OwnerName = null, CreatedById = null, CreatedByUsername = null })]);

    /// <summary>The guard of <see cref="ListAllAsync"/>.</summary>
    public static Guard<ListAllTokens> MayListAll { get; } = Guards.Admin<ListAllTokens>();

    /// <summary>Everybody's tokens, oldest first.</summary>
    public async Task<TokenList> ListAllAsync(Granted<ListAllTokens> request, CancellationToken cancellationToken)
    {
        var (createdById, createdByUsername) = request.Message;
        if (createdByUsername is not null)
        {
            var user = await identities.FindAsync(PrincipalKind.User, createdByUsername, cancellationToken);
            if (user is null || (createdById ?? user.Id) != user.Id)
            {
                return new([]);
            }

            createdById = user.Id;
        }

        return new(await store.ListTokensAsync(null, createdById, cancellationToken));
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetToken> MayGet { get; } = Guards.Admin<GetToken>();

    /// <summary>Anybody's token.</summary>
    public async Task<TokenInfo> GetAsync(Granted<GetToken> request, CancellationToken cancellationToken)
    {
        var id = Required(request.Message.TokenId);
        return await store.FindTokenAsync(id, cancellationToken) ?? throw Missing(id);
    }

    /// <summary>The guard of <see cref="UpdateAsync"/>.</summary>
    public static Guard<UpdateToken> MayUpdate { get; } = Guards.SignedIn<UpdateToken>();

    /// <summary>Changes the comment of one of the caller's tokens.</summary>
    public async Task UpdateAsync(Granted<UpdateToken> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        if (message.UpdateMask is not (null or "comment"))
        {
            throw ProtocolException.InvalidValue(TextRules.Excerpt(message.UpdateMask), "update_mask", "only 'comment' can be changed.");
        }

        var id = Required(message.TokenId);
        await RequireOwnAsync(id, caller, cancellationToken);
        await store.UpdateTokenAsync(id, TextRules.Optional(message.Token?.Comment, "token.comment", Limits.TokenComment), clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteOwnAsync"/>.</summary>
    public static Guard<TokenRef> MayDeleteOwn { get; } = Guards.SignedIn<TokenRef>();

    /// <summary>Deletes one of the caller's tokens.</summary>
    public async Task DeleteOwnAsync(Granted<TokenRef> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var id = Required(message.TokenId);
        await RequireOwnAsync(id, caller, cancellationToken);
        await store.DeleteTokenAsync(id, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<DeleteToken> MayDelete { get; } = Guards.Admin<DeleteToken>();

    /// <summary>Deletes anybody's token.</summary>
    public Task DeleteAsync(Granted<DeleteToken> request, CancellationToken cancellationToken) =>
        store.DeleteTokenAsync(Required(request.Message.TokenId), clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>Forgets tokens that ended <see cref="EndedKept"/> ago; meant to be called each hour or so.</summary>
    public Task DeleteEndedAsync(CancellationToken cancellationToken) =>
        store.DeleteEndedTokensAsync(clock.Milliseconds() - (long)EndedKept.TotalMilliseconds, cancellationToken);

    private static string Required(string? tokenId) => TextRules.Required(tokenId, "token_id", Limits.TokenId);

    private static ProtocolException Missing(string tokenId) => ProtocolException.NotFound($"Token with id '{TextRules.Excerpt(tokenId)}' not found.");

    private async Task RequireOwnAsync(string tokenId, Caller caller, CancellationToken cancellationToken)
    {
        // A token of another user is reported as not found.
        if ((await store.FindTokenAsync(tokenId, cancellationToken))?.OwnerId != caller.Id)
        {
            throw Missing(tokenId);
        }
    }

    private async Task<TokenCreated> AddAsync(Caller owner, CreateToken message, Caller caller, CancellationToken cancellationToken)
    {
        if (owner.Id == BuiltIn.LocalId)
        {
            throw new ProtocolException(ErrorCode.InvalidState, "Sign-in is disabled on this server, so tokens have no effect. Start the server with --auth first.");
        }

        if (ListRules.Bounded(message.Scopes, "scopes", Limits.TokenScopes) is { Count: > 0 } scopes && scopes is not [AllApis])
        {
            throw ProtocolException.Invalid($"'scopes' can only be ['{AllApis}']: tokens with narrower scopes are not supported. Use a service principal with few permissions instead.");
        }

        await access.RequireAsync(owner, ObjectKinds.Tokens.Only(), PermissionLevel.CanUse, cancellationToken);
        var value = Secret.New(Secret.TokenPrefix);
        var change = clock.ChangeBy(caller);
        var token = new NewToken(
            TokenKind.Personal, owner.Id, Secret.Hash(value), change.At + (1000 * Lifetime(message.LifetimeSeconds)),
            TextRules.Optional(message.Comment, "comment", Limits.TokenComment));
        return new(value, await store.AddTokenAsync(token, change, cancellationToken));
    }

    private static long Lifetime(long? seconds) => seconds switch
    {
        null => (long)DefaultLifetime.TotalSeconds,
        >= 1 when seconds <= LongestLifetime.TotalSeconds => seconds.Value,
        _ => throw ProtocolException.InvalidValue(
            seconds.Value.ToString(CultureInfo.InvariantCulture), "lifetime_seconds", $"it must be from 1 to {LongestLifetime.TotalSeconds} (two years)."),
    };
}
