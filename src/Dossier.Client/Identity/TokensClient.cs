using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about personal access tokens (Dossier and Databricks servers). Every call throws <see cref="ProtocolException"/> when the server refuses or
/// can't be reached.
/// </summary>
public sealed class TokensClient
{
    private const string Own = "/api/2.0/token/";
    private const string All = "/api/2.0/token-management/";

    private readonly Api _api;

    internal TokensClient(Api api) => _api = api;

    /// <summary>Creates a token for the caller. Its value is in this answer and never again.</summary>
    /// <param name="comment">What it is for.</param>
    /// <param name="lifetime">How long it is good for; null for the server's default (Dossier: 90 days).</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TokenCreated> CreateAsync(string? comment = null, TimeSpan? lifetime = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<CreateToken, TokenCreated>(
            HttpMethod.Post, Own + "create", new() { Comment = comment, LifetimeSeconds = Seconds(lifetime) }, Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Creates a token for a service principal; for administrators.</summary>
    /// <param name="applicationId">The service principal.</param>
    /// <param name="comment">What it is for.</param>
    /// <param name="lifetime">How long it is good for; null for the server's default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TokenCreated> CreateOnBehalfAsync(
        string applicationId, string? comment = null, TimeSpan? lifetime = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync<CreateTokenOnBehalf, TokenCreated>(
            HttpMethod.Post,
            All + "on-behalf-of/tokens",
            new() { ApplicationId = applicationId, Comment = comment, LifetimeSeconds = Seconds(lifetime) },
            Repeat.OnlyIfNothingHappened,
            cancellationToken);

    /// <summary>The caller's tokens.</summary>
    public async Task<IReadOnlyList<TokenInfo>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<TokenList>(Own + "list", new Query(), cancellationToken)).TokenInfos ?? [];

    /// <summary>Everybody's tokens; for administrators.</summary>
    /// <param name="createdByUserName">Only those that this user created.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<TokenInfo>> ListAllAsync(string? createdByUserName = null, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<TokenList>(All + "tokens", new Query().Add("created_by_username", createdByUserName), cancellationToken)).TokenInfos ?? [];

    /// <summary>Deletes one of the caller's tokens.</summary>
    public Task DeleteAsync(string tokenId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, Own + "delete", new TokenRef(tokenId), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Deletes anybody's token; for administrators.</summary>
    public Task DeleteAnyAsync(string tokenId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Delete, $"{All}tokens/{Uri.EscapeDataString(tokenId)}", new TokenRef(tokenId), Repeat.OnlyIfNothingHappened, cancellationToken);

    private static long? Seconds(TimeSpan? time) => time is { } some ? (long)some.TotalSeconds : null;
}
