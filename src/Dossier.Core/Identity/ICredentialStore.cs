using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>What a token is good for. The numbers are stored, so they never change.</summary>
public enum TokenKind
{
    /// <summary>A personal access token: somebody made it, and can list and delete it.</summary>
    Personal = 1,

    /// <summary>Handed out for an hour to a service principal that showed its secret.</summary>
    OAuth = 2,

    /// <summary>A browser's session.</summary>
    Session = 3,
}

/// <summary>A token to be kept.</summary>
/// <param name="Kind">What it is good for.</param>
/// <param name="OwnerId">Whom it signs in.</param>
/// <param name="Hash">Of its value.</param>
/// <param name="ExpiresAt">In milliseconds since the epoch; null for never.</param>
/// <param name="Comment">What it is for.</param>
public sealed record NewToken(TokenKind Kind, long OwnerId, byte[] Hash, long? ExpiresAt, string? Comment);

/// <summary>Whom a token signs in.</summary>
/// <param name="TokenId">The token's key.</param>
/// <param name="Kind">What it is good for.</param>
/// <param name="ExpiresAt">In milliseconds since the epoch; null for never.</param>
/// <param name="MayUse">Whether the holder has CAN_USE on <c>authorization/tokens</c>.</param>
/// <param name="Caller">The holder with all its groups.</param>
public sealed record TokenHolder(long TokenId, TokenKind Kind, long? ExpiresAt, bool MayUse, Caller Caller);

/// <summary>
/// The port to what people and programs sign in with. Secrets come and are kept as hashes alone. Every change is one durable transaction with its event row.
/// </summary>
public interface ICredentialStore
{
    /// <summary>Whom the token of this hash signs in, with all groups, in one statement; null if there is no such token or its holder is not active.</summary>
    Task<TokenHolder?> FindTokenHolderAsync(byte[] hash, CancellationToken cancel);

    /// <summary>Adds a token.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> for an unknown owner, <c>INVALID_STATE</c> for one with too many.</exception>
    Task<TokenInfo> AddTokenAsync(NewToken token, Change change, CancellationToken cancel);

    /// <summary>Personal access tokens, oldest first, with all their fields.</summary>
    /// <param name="ownerId">Only those that sign in this principal; null for all.</param>
    /// <param name="createdById">Only those that this principal created; null for all.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task<IReadOnlyList<TokenInfo>> ListTokensAsync(long? ownerId, long? createdById, CancellationToken cancel);

    /// <summary>A personal access token with all its fields; null if there is none.</summary>
    Task<TokenInfo?> FindTokenAsync(string tokenId, CancellationToken cancel);

    /// <summary>Changes the comment of a personal access token.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>.</exception>
    Task UpdateTokenAsync(string tokenId, string? comment, Change change, CancellationToken cancel);

    /// <summary>Deletes a personal access token: from the next request on it signs nobody in.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>.</exception>
    Task DeleteTokenAsync(string tokenId, Change change, CancellationToken cancel);
}
