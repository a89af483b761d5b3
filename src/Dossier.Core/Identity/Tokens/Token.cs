using Dossier.Core.Access;

namespace Dossier.Core.Identity;

/// <summary>What a token can be used for. The numbers are stored, so they never change.</summary>
public enum TokenKind
{
    /// <summary>A personal access token: its owner can list and delete it.</summary>
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
