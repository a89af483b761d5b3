using Dossier.Core.Audit;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

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

    /// <summary>Ends a browser's session; harmless if there is none.</summary>
    Task EndSessionAsync(byte[] hash, Change change, CancellationToken cancel);

    /// <summary>Notes when tokens were last used, for people to see; no event.</summary>
    /// <param name="uses">The keys of tokens and, in milliseconds since the epoch, the times.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task NoteTokenUsesAsync(IReadOnlyList<KeyValuePair<long, long>> uses, CancellationToken cancel);

    /// <summary>Forgets tokens that ended before this time.</summary>
    Task DeleteEndedTokensAsync(long before, CancellationToken cancel);

    /// <summary>Whom a password would sign in, with all groups, in one statement; null if there is no such user, it is not active or has no password.</summary>
    Task<PasswordHolder?> FindPasswordHolderAsync(string userName, CancellationToken cancel);

    /// <summary>Sets a user's password and ends the user's browser sessions: whoever took over one must not keep it.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="hash">Of the password.</param>
    /// <param name="oneTime">Whether it is good for choosing another one alone.</param>
    /// <param name="change">Who asks, and when.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> for one who is no user.</exception>
    Task SetPasswordAsync(long userId, string hash, bool oneTime, Change change, CancellationToken cancel);

    /// <summary>Puts a better hash of the same password in place of the old one, unless the password was changed meanwhile; no event.</summary>
    Task RehashPasswordAsync(long userId, string oldHash, string newHash, CancellationToken cancel);
}
