using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>The grants that come with creating something, and those that go with it, inside the transactions that do so.</summary>
internal static class Grants
{
    private const int Manage = (int)PermissionLevel.CanManage;

    private static readonly string Managed = $"g.principal_id = p.id AND g.level = {Manage}";

    private static readonly string ManagedFromFolder = $"SELECT 1 FROM folder_ancestors a JOIN {LevelStatements.OnFolders} WHERE a.folder_id = $6 AND {Managed}";

    // Only grants to the creator himself count: one that a group has may go with the next change of its members.
    private static readonly string Give =
        $"""
        INSERT INTO grants (object_type, object_id, principal_id, level, granted_by, at)
        SELECT $1, $2, p.id, {Manage}, $4, $5 FROM principals p WHERE p.id = $3
        """;

    private const string OrRaise =
        """
         ON CONFLICT (object_type, object_id, principal_id) DO UPDATE SET level = excluded.level, granted_by = excluded.granted_by, at = excluded.at
        WHERE grants.level < excluded.level
        """;

    private const string Holder =
        " RETURNING (SELECT h.kind FROM principals h WHERE h.id = principal_id), (SELECT h.name FROM principals h WHERE h.id = principal_id)";

    /// <summary>Lets who creates something in a folder, or a folder, manage it, unless a grant to him on a folder above says so already.</summary>
    public static ValueTask GiveCreatorAsync(SqlSession session, GrantObject created, long folder, Change change) =>
        GiveAsync(session, $"{Give} AND NOT EXISTS ({ManagedFromFolder}){Holder}", created, change, change.PrincipalId, folder);

    /// <summary>Lets who creates what inherits from a root manage it, unless a grant to him on the root says so already.</summary>
    public static ValueTask GiveCreatorBelowRootAsync(SqlSession session, GrantObject created, Change change) => GiveAsync(
        session,
        $"{Give} AND NOT EXISTS (SELECT 1 FROM grants g WHERE {LevelStatements.OnOnly(created.Rules.Root!.Grants!)} AND {Managed}){Holder}",
        created, change, change.PrincipalId);

    /// <summary>Lets a principal manage an object.</summary>
    public static ValueTask GiveAsync(SqlSession session, GrantObject target, long principalId, Change change) =>
        GiveAsync(session, $"{Give}{OrRaise}{Holder}", target, change, principalId);

    /// <summary>Takes all grants on an object that is deleted away.</summary>
    public static ValueTask<int> DropAsync(SqlSession session, ObjectKind kind, long key) =>
        session.ExecuteAsync("DELETE FROM grants WHERE object_type = $1 AND object_id = $2", kind.Grants!.Number, key);

    private static async ValueTask GiveAsync(SqlSession session, string sql, GrantObject target, Change change, long principalId, long? folder = null)
    {
        SqlValue[] values = [target.Rules.Number, target.Key, principalId, change.Principal, change.At];
        var holder = await session.FirstAsync<(PrincipalKind Kind, string Name)?>(
            sql, static row => ((PrincipalKind)row.Integer(0), row.Text(1)), null, folder is { } key ? [.. values, key] : values);
        if (holder is { } given)
        {
            await new GrantChange(principalId, given.Kind, given.Name, PermissionLevel.NoPermissions, PermissionLevel.CanManage).WriteEventAsync(session, target, change);
        }
    }
}
