using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Storage.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <inheritdoc cref="ICredentialStore"/>
internal sealed partial class CredentialStore(SqlDatabase database, AccessVersion version) : ICredentialStore
{
    private static readonly string FindToken = FindHolder(
        "SELECT t.owner_id FROM tokens t WHERE t.hash = $1", ObjectKinds.Tokens, "t.id, t.kind, t.expires_at",
        "JOIN tokens t ON t.owner_id = p.id AND t.hash = $1");

    private static readonly string FindPassword = FindHolder(
        $"SELECT p.id FROM principals p WHERE p.kind = {(long)PrincipalKind.User} AND p.name_key = $1", ObjectKinds.Passwords, "w.hash, w.one_time",
        "JOIN passwords w ON w.principal_id = p.id");

    /// <summary>Takes all that a principal signs in with, and gives the number of its tokens.</summary>
    public static async ValueTask<int> DeleteAllOfAsync(SqlSession session, long principalId)
    {
        await session.ExecuteAsync("DELETE FROM passwords WHERE principal_id = $1", principalId);
        await session.ExecuteAsync("DELETE FROM client_secrets WHERE principal_id = $1", principalId);
        return await session.ExecuteAsync("DELETE FROM tokens WHERE owner_id = $1", principalId);
    }

    public Task<TokenHolder?> FindTokenHolderAsync(byte[] hash, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        (long Id, TokenKind Kind, long? ExpiresAt) token = default;
        var holder = new Holder();
        await session.ForEachAsync(FindToken, row =>
        {
            holder.Add(row);
            token = (row.Integer(Holder.Columns), (TokenKind)row.Integer(Holder.Columns + 1), row.IntegerOrNull(Holder.Columns + 2));
        }, hash);
        return holder.Caller is { } caller ? new TokenHolder(token.Id, token.Kind, token.ExpiresAt, holder.MayUse, caller) : null;
    }, cancel);

    public Task<PasswordHolder?> FindPasswordHolderAsync(string userName, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var password = (Hash: "", OneTime: false);
        var holder = new Holder();
        await session.ForEachAsync(FindPassword, row =>
        {
            holder.Add(row);
            password = (row.Text(Holder.Columns), row.Truth(Holder.Columns + 1));
        }, PrincipalRow.KeyOf(userName));
        return holder.Caller is { } caller ? new PasswordHolder(password.Hash, password.OneTime, holder.MayUse, caller) : null;
    }, cancel);

    // Credential, holder, groups of the holder at any depth, and whether any of those may use the credential: all at once, for this is what a cold request waits for.
    private static string FindHolder(string holder, ObjectKind right, string columns, string join) =>
        $"""
        WITH RECURSIVE held (id) AS (
            {holder}
            UNION SELECT b.id FROM principals b WHERE b.id = {BuiltIn.UsersId}
            UNION SELECT m.group_id FROM held h JOIN group_members m ON m.member_id = h.id)
        SELECT h.id, p.id, p.kind, p.name, g.level, {columns}
        FROM principals p {join} CROSS JOIN held h
            LEFT JOIN grants g ON g.object_type = {right.Grants!.Number} AND g.object_id = 0 AND g.principal_id = h.id
        WHERE p.id IN ({holder}) AND p.active = 1
        """;

    /// <summary>Gathers the rows of one holder.</summary>
    private sealed class Holder
    {
        /// <summary>How many columns the holder's take.</summary>
        public const int Columns = 5;

        private readonly SortedSet<long> _ids = [];
        private (long Id, PrincipalKind Kind, string Name)? _principal;

        public bool MayUse { get; private set; }

        public Caller? Caller => _principal is var (id, kind, name) ? new() { Id = id, Kind = kind, Name = name, PrincipalIds = [.. _ids] } : null;

        public void Add(SqlRow row)
        {
            var held = row.Integer(0);
            _ids.Add(held);
            _principal ??= (row.Integer(1), (PrincipalKind)row.Integer(2), row.Text(3));
            MayUse |= !row.IsNull(4) || held == BuiltIn.AdminsId;
        }
    }
}
