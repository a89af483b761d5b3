using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>
/// SQL expressions for the highest level that one of the principals in a list parameter has on the row of an alias; 0 for none.
/// They go over the grants of the object and of what it inherits from, which are few, and look for each in the list, which may be long:
/// the plus keeps the databases from going the other way round.
/// </summary>
/// <param name="dialect">The database's.</param>
/// <param name="principals">The number of the parameter.</param>
internal sealed class LevelStatements(Dialect dialect, int principals = 1)
{
    /// <summary>That a grant allows to read at least.</summary>
    public static readonly string Reads = $"g.level >= {(int)PermissionLevel.CanRead}";

    /// <summary>The grants that are made on the folders of <c>folder_ancestors a</c>.</summary>
    public static readonly string OnFolders = $"grants g ON g.object_type = {ObjectKinds.Folder.Grants!.Number} AND g.object_id = a.ancestor_id";

    // CAN_RUN of a folder is CAN_EDIT of what lies below it.
    private static readonly string BelowFolder =
        $"CASE WHEN g.level = {(int)PermissionLevel.CanRun} THEN {(int)PermissionLevel.CanEdit} ELSE g.level END";

    private readonly string _held = dialect.In("+g.principal_id", principals);

    /// <summary>The grants that are made on what is there once.</summary>
    public static string OnOnly(GrantRules only) => $"g.object_type = {only.Number} AND g.object_id = 0";

    /// <summary>On an object of a kind with grants of its own: those, and those of what it inherits from.</summary>
    /// <param name="rules">The kind's rules.</param>
    /// <param name="alias">The alias of its table; not looked at for what is there once.</param>
    public string On(GrantRules rules, string alias)
    {
        if (rules.OnlyId is not null)
        {
            return $"COALESCE((SELECT MAX(g.level) FROM grants g WHERE {OnOnly(rules)} AND {_held}), 0)";
        }

        if (rules == ObjectKinds.Folder.Grants)
        {
            return OnFolder($"{alias}.id");
        }

        List<string> sources = [$"SELECT g.level FROM grants g WHERE g.object_type = {rules.Number} AND g.object_id = {alias}.id AND {_held}"];
        if (rules.FolderColumn is { } folder)
        {
            sources.Add($"SELECT {BelowFolder} FROM folder_ancestors a JOIN {OnFolders} WHERE a.folder_id = {alias}.{folder} AND {_held}");
        }

        if (rules.Root is { } root)
        {
            // A right that the root alone knows, as the one to register models, means nothing below it.
            sources.Add($"SELECT g.level FROM grants g WHERE {OnOnly(root.Grants!)} AND {Reads} AND {_held}");
        }

        return $"COALESCE((SELECT MAX(held.level) FROM ({string.Join(" UNION ALL ", sources)}) held), 0)";
    }

    /// <summary>On a folder: its own grants and those of the folders above.</summary>
    /// <param name="folder">An expression for the folder's key.</param>
    public string OnFolder(string folder) =>
        $"COALESCE((SELECT MAX(g.level) FROM folder_ancestors a JOIN {OnFolders} WHERE a.folder_id = {folder} AND {_held}), 0)";
}
