using System.Globalization;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Tokens.</summary>
internal sealed partial class CredentialStore
{
    private const int MostTokens = 600;

    private const string SelectTokens =
        """
        SELECT t.public_id, t.created_at, t.expires_at, t.comment, t.last_used_at, t.owner_id, o.name, t.created_by, c.name
        FROM tokens t JOIN principals o ON o.id = t.owner_id LEFT JOIN principals c ON c.id = t.created_by
        WHERE t.kind = $1
        """;

    public Task<TokenInfo> AddTokenAsync(NewToken token, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        // Locked, so that two at once don't both pass the count.
        var owner = await session.FirstAsync<string?>(
            session.Dialect.ForUpdate("SELECT name FROM principals WHERE id = $1"), static row => row.Text(0), null, token.OwnerId)
            ?? throw ProtocolException.NotFound($"User or service principal with id {token.OwnerId} not found.");
        var has = await session.FirstAsync(
            "SELECT COUNT(*) FROM tokens WHERE owner_id = $1 AND kind = $2 AND (expires_at IS NULL OR expires_at > $3)",
            static row => row.Integer(0), 0L, token.OwnerId, (long)token.Kind, change.At);
        if (has >= MostTokens && token.Kind != TokenKind.Personal)
        {
            // Nobody manages these: the oldest are deleted.
            await session.ExecuteAsync(
                "DELETE FROM tokens WHERE id IN (SELECT t.id FROM tokens t WHERE t.owner_id = $1 AND t.kind = $2 ORDER BY t.id LIMIT $3)",
                token.OwnerId, (long)token.Kind, has - MostTokens + 1);
            await version.ChangeAsync(session);
        }
        else if (has >= MostTokens)
        {
            throw new ProtocolException(
                ErrorCode.InvalidState, $"{owner} has {has} tokens and may have at most {MostTokens}. Delete those that are no longer used.");
        }

        var id = Guid.NewGuid().ToString("N");
        await session.ExecuteAsync(
            "INSERT INTO tokens (public_id, kind, hash, owner_id, created_by, comment, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id, (long)token.Kind, token.Hash, token.OwnerId, change.PrincipalId, token.Comment, change.At, token.ExpiresAt);
        await EventWriter.WriteAsync(session, change, EventAction.TokenCreate, id, EventDetail.Changes(
            new("owner", null, owner),
            new("kind", null, KindText(token.Kind)),
            new("comment", null, token.Comment),
            new("expiry_time", null, token.ExpiresAt?.ToString(CultureInfo.InvariantCulture))));
        return new TokenInfo { TokenId = id, CreationTime = change.At, ExpiryTime = token.ExpiresAt ?? -1, Comment = token.Comment };
    }, cancel);

    public Task<IReadOnlyList<TokenInfo>> ListTokensAsync(long? ownerId, long? createdById, CancellationToken cancel) => database.ReadAsync(async session =>
        (IReadOnlyList<TokenInfo>)await session.ListAsync(
            SelectTokens + " AND t.owner_id = COALESCE($2, t.owner_id) AND t.created_by = COALESCE($3, t.created_by) ORDER BY t.id",
            ReadToken, (long)TokenKind.Personal, ownerId, createdById), cancel);

    public Task<TokenInfo?> FindTokenAsync(string tokenId, CancellationToken cancel) =>
        database.ReadAsync(session => FindTokenAsync(session, tokenId), cancel);

    public Task UpdateTokenAsync(string tokenId, string? comment, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var token = await FindTokenAsync(session, tokenId) ?? throw NoToken(tokenId);
        await session.ExecuteAsync("UPDATE tokens SET comment = $2 WHERE public_id = $1", tokenId, comment);
        await EventWriter.WriteAsync(session, change, EventAction.TokenUpdate, tokenId, EventDetail.Changes(new FieldChange("comment", token.Comment, comment)));
    }, cancel);

    public Task DeleteTokenAsync(string tokenId, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var token = await FindTokenAsync(session, tokenId) ?? throw NoToken(tokenId);
        await session.ExecuteAsync("DELETE FROM tokens WHERE public_id = $1", tokenId);
        await version.ChangeAsync(session);
        await EventWriter.WriteAsync(session, change, EventAction.TokenDelete, tokenId, EventDetail.Changes(
            new("owner", token.OwnerName, null), new("comment", token.Comment, null)));
    }, cancel);

    public Task NoteTokenUsesAsync(IReadOnlyList<KeyValuePair<long, long>> uses, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        // In one order everywhere: replicas that note the same tokens wait for each other instead of locking each other out.
        foreach (var (token, at) in uses.OrderBy(use => use.Key))
        {
            await session.ExecuteAsync("UPDATE tokens SET last_used_at = $2 WHERE id = $1 AND COALESCE(last_used_at, 0) < $2", token, at);
        }
    }, cancel);

    public Task DeleteEndedTokensAsync(long before, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        await session.ExecuteAsync("DELETE FROM tokens WHERE expires_at < $1", before);
    }, cancel);

    public Task EndSessionAsync(byte[] hash, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var id = await session.FirstAsync<string?>(
            "DELETE FROM tokens WHERE hash = $1 AND kind = $2 RETURNING public_id", static row => row.Text(0), null, hash, (long)TokenKind.Session);
        if (id is not null)
        {
            await version.ChangeAsync(session);
            await EventWriter.WriteAsync(session, change, EventAction.TokenDelete, id, EventDetail.Changes(new FieldChange("kind", KindText(TokenKind.Session), null)));
        }
    }, cancel);

    private static ValueTask<TokenInfo?> FindTokenAsync(SqlSession session, string tokenId) =>
        session.FirstAsync<TokenInfo?>(SelectTokens + " AND t.public_id = $2", ReadToken, null, (long)TokenKind.Personal, tokenId);

    private static string KindText(TokenKind kind) => kind switch
    {
        TokenKind.OAuth => "oauth",
        TokenKind.Session => "session",
        _ => "personal",
    };

    private static ProtocolException NoToken(string tokenId) => ProtocolException.NotFound($"Token with id '{TextRules.Excerpt(tokenId)}' not found.");

    private static TokenInfo ReadToken(SqlRow row) => new()
    {
        TokenId = row.Text(0),
        CreationTime = row.Integer(1),
        ExpiryTime = row.IntegerOrNull(2) ?? -1,
        Comment = row.TextOrNull(3),
        LastAccessedTime = row.IntegerOrNull(4),
        OwnerId = row.Integer(5),
        OwnerName = row.Text(6),
        CreatedById = row.Integer(7),
        CreatedByUsername = row.TextOrNull(8),
    };
}
