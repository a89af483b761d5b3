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
    // CAN_RUN of a folder is CAN_EDIT of what lies below it.
    private const string BelowFolder = "CASE WHEN g.level = 20 THEN 30 ELSE g.level END";
    private readonly string _held = dialect.In("+g.principal_id", principals);

    /// <summary>On an experiment: its own grants and those of its folder and the folders above.</summary>
    public string OfExperiment(string alias) =>
        $"""
        COALESCE((SELECT MAX(x.level) FROM (
            SELECT g.level FROM grants g WHERE g.object_type = {ObjectTypes.Experiment} AND g.object_id = {alias}.id AND {_held}
            UNION ALL
            SELECT {BelowFolder} FROM folder_ancestors a JOIN grants g ON g.object_type = {ObjectTypes.Directory} AND g.object_id = a.ancestor_id
            WHERE a.folder_id = {alias}.folder_id AND {_held}) x), 0)
        """;

    /// <summary>On a folder: its own grants and those of the folders above.</summary>
    /// <param name="folder">An expression for the folder's key.</param>
    public string OfFolder(string folder) =>
        $"""
        COALESCE((SELECT MAX(g.level) FROM folder_ancestors a JOIN grants g ON g.object_type = {ObjectTypes.Directory} AND g.object_id = a.ancestor_id
            WHERE a.folder_id = {folder} AND {_held}), 0)
        """;

    /// <summary>On a registered model: its own grants and those of the registry root, of which the one to register models means nothing here.</summary>
    public string OfModel(string alias) =>
        $"""
        COALESCE((SELECT MAX(x.level) FROM (
            SELECT g.level FROM grants g WHERE g.object_type = {ObjectTypes.RegisteredModel} AND g.object_id = {alias}.id AND {_held}
            UNION ALL
            SELECT g.level FROM grants g WHERE g.object_type = {ObjectTypes.Registry} AND g.object_id = 0 AND g.level >= 10 AND {_held}) x), 0)
        """;

    /// <summary>On what is there once and inherits nothing: the registry root and the authorizations.</summary>
    public string OfOnly(ObjectType type) =>
        $"COALESCE((SELECT MAX(g.level) FROM grants g WHERE g.object_type = {(int)type} AND g.object_id = 0 AND {_held}), 0)";
}
