namespace Dossier.Protocol;

/// <summary>POST <c>token/create</c>.</summary>
public sealed record CreateToken
{
    /// <summary>How long it is good for; absent for 90 days.</summary>
    public long? LifetimeSeconds { get; init; }

    /// <summary>What it is for.</summary>
    public string? Comment { get; init; }

    /// <summary>Absent or <c>all-apis</c>: narrower tokens don't exist.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>POST <c>token-management/on-behalf-of/tokens</c>: a token for a service principal.</summary>
public sealed record CreateTokenOnBehalf
{
    /// <summary>The service principal.</summary>
    public string? ApplicationId { get; init; }

    /// <inheritdoc cref="CreateToken.LifetimeSeconds"/>
    public long? LifetimeSeconds { get; init; }

    /// <inheritdoc cref="CreateToken.Comment"/>
    public string? Comment { get; init; }
}

/// <summary>Answer of the calls that create a token.</summary>
/// <param name="TokenValue">What signs in: shown this once.</param>
/// <param name="TokenInfo">The token.</param>
public sealed record TokenCreated(string TokenValue, TokenInfo TokenInfo)
{
    /// <summary>Without the value, which must not reach a log.</summary>
    public override string ToString() => $"{nameof(TokenCreated)} {{ TokenInfo = {TokenInfo} }}";
}

/// <summary>Answer of the calls that list tokens.</summary>
public sealed record TokenList(IReadOnlyList<TokenInfo>? TokenInfos);

/// <summary>Answer of GET <c>token-management/tokens/{token_id}</c>.</summary>
public sealed record TokenAnswer(TokenInfo TokenInfo);

/// <summary>POST <c>token/delete</c>.</summary>
public sealed record TokenRef(string? TokenId);

/// <summary>GET <c>token/list</c>: the caller's tokens.</summary>
public sealed record ListTokens;

/// <summary>GET <c>token-management/tokens</c>: everybody's tokens.</summary>
/// <param name="CreatedById">Only those that this principal created.</param>
/// <param name="CreatedByUsername">Only those that this user created.</param>
public sealed record ListAllTokens(long? CreatedById, string? CreatedByUsername);

/// <summary>GET <c>token-management/tokens/{token_id}</c>.</summary>
public sealed record GetToken(string? TokenId);

/// <summary>DELETE <c>token-management/tokens/{token_id}</c>.</summary>
public sealed record DeleteToken(string? TokenId);

/// <summary>PATCH <c>token/{token_id}</c>: the comment is all that can be changed.</summary>
/// <param name="Token">The fields to change.</param>
/// <param name="UpdateMask">Absent or <c>comment</c>.</param>
public sealed record UpdateToken(TokenFields? Token, string? UpdateMask)
{
    /// <summary>The token, which the path names.</summary>
    public string? TokenId { get; init; }
}

/// <summary>What can be changed of a token.</summary>
public sealed record TokenFields(string? Comment);
