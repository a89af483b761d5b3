using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>A grant that counts on an object: made on it, or inherited.</summary>
/// <param name="PrincipalId">Who holds it.</param>
/// <param name="Kind">The principal's kind.</param>
/// <param name="Name">The principal's name.</param>
/// <param name="DisplayName">How people call the principal.</param>
/// <param name="Level">How much it allows on the object.</param>
/// <param name="GrantedBy">Who made it.</param>
/// <param name="At">When.</param>
/// <param name="From">The object above that it comes from, as answers name it; null for one on the object itself.</param>
/// <param name="FromText">The same for people.</param>
internal sealed record HeldGrant(
    long PrincipalId, PrincipalKind Kind, string Name, string? DisplayName, PermissionLevel Level, string GrantedBy, long At, string? From, string? FromText)
{
    private const string Columns = "p.id, p.kind, p.name, p.display_name, g.level, g.granted_by, g.at";
    private const string Granted = "FROM grants g JOIN principals p ON p.id = g.principal_id WHERE g.object_type = $1 AND g.object_id = $2";
    private const string Direct = $"SELECT {Columns}, NULL AS folder, NULL AS path, 0 AS above {Granted}";

    private static readonly string FromFolders =
        $"""
        SELECT {Columns}, f.public_id, f.path, 1 FROM folder_ancestors a JOIN folders f ON f.id = a.ancestor_id
        JOIN {LevelStatements.OnFolders} JOIN principals p ON p.id = g.principal_id WHERE a.folder_id = $3
        """;

    private const string FromRoot = $"SELECT {Columns}, NULL, NULL, 1 FROM grants g JOIN principals p ON p.id = g.principal_id WHERE ";

    /// <summary>The grants on the object alone.</summary>
    public static ValueTask<List<HeldGrant>> DirectAsync(SqlSession session, GrantTarget target) =>
        session.ListAsync(Direct, row => Read(row, target), target.Object.Rules.Number, target.Object.Key);

    /// <summary>All grants that count, by one statement: those on the object first, then those from above, the nearest first.</summary>
    public static async ValueTask<List<HeldGrant>> AllAsync(SqlSession session, GrantTarget target)
    {
        var (rules, key) = (target.Object.Rules, target.Object.Key);
        var rows = await (rules switch
        {
            _ when rules == ObjectKinds.Folder.Grants => session.ListAsync($"{Direct} UNION ALL {FromFolders} AND f.id <> $2", Read, rules.Number, key, target.Folder),
            { FolderColumn: not null } => session.ListAsync($"{Direct} UNION ALL {FromFolders}", Read, rules.Number, key, target.Folder),
            { Root.Grants: { } root } => session.ListAsync(
                $"{Direct} UNION ALL {FromRoot}{LevelStatements.OnOnly(root)} AND {LevelStatements.Reads}", Read, rules.Number, key),
            _ => session.ListAsync(Direct, Read, rules.Number, key),
        });
        return [.. rows.OrderBy(grant => grant.From is null ? 0 : 1).ThenByDescending(grant => grant.FromText?.Length)];

        HeldGrant Read(SqlRow row) => HeldGrant.Read(row, target);
    }

    private static HeldGrant Read(SqlRow row, GrantTarget target)
    {
        var level = (PermissionLevel)row.Integer(4);
        var (from, text) = !row.Truth(9) ? (null, null)
            : row.IsNull(7) && target.Object.Rules.Root is { Grants: { OnlyId: { } only } root } ? (root.ObjectId(only), root.Label)
            : (ObjectKinds.Folder.Grants!.ObjectId(FolderKey.Text(row.Integer(7))), row.Text(8));
        return new HeldGrant(
            row.Integer(0), (PrincipalKind)row.Integer(1), row.Text(2), row.TextOrNull(3),
            level == PermissionLevel.CanRun && target.Object.Rules != ObjectKinds.Folder.Grants ? PermissionLevel.CanEdit : level,
            row.Text(5), row.Integer(6), from, text);
    }
}
