using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Identity;

/// <summary>Keeps at least one active user or service principal in <c>admins</c>, directly or through groups.</summary>
internal static class Administrators
{
    // The local user belongs to servers without sign-in; nobody can sign in as it.
    private static readonly string Any =
        $"""
        WITH RECURSIVE inside (id) AS (
            SELECT CAST({BuiltIn.AdminsId} AS BIGINT)
            UNION SELECT m.member_id FROM inside i JOIN group_members m ON m.group_id = i.id)
        SELECT 1 FROM inside i JOIN principals p ON p.id = i.id
        WHERE p.active = 1 AND p.kind <> {(long)PrincipalKind.Group} AND p.id <> {BuiltIn.LocalId} LIMIT 1
        """;

    /// <summary>Makes a change that may take an administrator away; refuses the one that would leave none.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_STATE</c>.</exception>
    public static async ValueTask KeepOneAsync(SqlSession session, Func<ValueTask> change)
    {
        var before = await AnyAsync(session);
        await change();
        if (before && !await AnyAsync(session))
        {
            throw new ProtocolException(
                ErrorCode.InvalidState, $"This would leave '{BuiltIn.Admins}' without an active member, and the server without an administrator. Add another administrator first.");
        }
    }

    /// <summary>Whether there is one.</summary>
    public static ValueTask<bool> AnyAsync(SqlSession session) => session.FirstAsync(Any, static _ => true, false);
}
