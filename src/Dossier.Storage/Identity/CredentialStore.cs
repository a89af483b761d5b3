using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Storage.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <inheritdoc cref="ICredentialStore"/>
internal sealed partial class CredentialStore(SqlDatabase database, AccessVersion version) : ICredentialStore
{
    // Token, holder, groups of the holder at any depth, and whether tokens are allowed to any of those: all at once, for this is what a cold request waits for.
    private static readonly string FindHolder =
        $"""
        WITH RECURSIVE held (id) AS (
            SELECT t.owner_id FROM tokens t WHERE t.hash = $1
            UNION SELECT p.id FROM principals p WHERE p.id = {BuiltIn.UsersId}
            UNION SELECT m.group_id FROM held h JOIN group_members m ON m.member_id = h.id)
        SELECT h.id, t.id, t.kind, t.expires_at, p.id, p.kind, p.name, g.level
        FROM tokens t JOIN principals p ON p.id = t.owner_id AND p.active = 1 CROSS JOIN held h
            LEFT JOIN grants g ON g.object_type = {(long)ObjectType.Tokens} AND g.object_id = 0 AND g.principal_id = h.id
        WHERE t.hash = $1
        """;

    public Task<TokenHolder?> FindTokenHolderAsync(byte[] hash, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var ids = new SortedSet<long>();
        TokenHolder? holder = null;
        await session.ForEachAsync(FindHolder, row =>
        {
            ids.Add(row.Integer(0));
            var mayUse = !row.IsNull(7) || row.Integer(0) == BuiltIn.AdminsId || holder is { MayUse: true };
            holder = new(row.Integer(1), (TokenKind)row.Integer(2), row.IntegerOrNull(3), mayUse, new()
            {
                Id = row.Integer(4),
                Kind = (PrincipalKind)row.Integer(5),
                Name = row.Text(6),
                PrincipalIds = [],
            });
        }, hash);
        return holder is null ? null : holder with { Caller = holder.Caller with { PrincipalIds = [.. ids] } };
    }, cancel);
}
