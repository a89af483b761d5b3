using Dossier.Core.Access;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Keeps searches to what their caller may read. The conditions go over all that the caller's principals hold once, not once for each row.</summary>
internal static class Readable
{
    // The root's grants are few and the caller's principals may be many: the plus has each grant looked up among the principals, and not the other way round.
    private static readonly string OnRegistry =
        $"SELECT 1 FROM grants g WHERE {LevelStatements.OnOnly(ObjectKinds.Registry.Grants!)} AND {LevelStatements.Reads}";

    /// <summary>Adds the condition on rows of experiments, if there is one.</summary>
    /// <param name="select">The search.</param>
    /// <param name="scope">What it may find.</param>
    /// <param name="alias">The alias of <c>experiments</c>.</param>
    public static void Experiments(SelectBuilder select, ReadScope scope, string alias)
    {
        if (scope.PrincipalIds is { } principals)
        {
            select.Conditions.Add(ExperimentsHeld(select.Dialect, select.Number(SqlValue.List(principals)), alias));
        }
    }

    /// <summary>The keys of the experiments of these ids, as a query to be looked in.</summary>
    public static string ExperimentKeys(SelectBuilder select, ReadScope scope, IReadOnlyList<string> ids)
    {
        // One is the common case. Its grants are few, and what a caller holds may be much.
        var keys = ids.Count == 1
            ? $"SELECT e.id FROM experiments e WHERE e.public_id = {select.Parameter(ids[0])}"
            : $"SELECT e.id FROM experiments e WHERE {select.In("e.public_id", ids)}";
        if (scope.PrincipalIds is not { } principals)
        {
            return keys;
        }

        var parameter = select.Number(SqlValue.List(principals));
        return $"{keys} AND {(ids.Count == 1 ? $"{new LevelStatements(select.Dialect, parameter).On(ObjectKinds.Experiment.Grants!, "e")} >= {(int)PermissionLevel.CanRead}" : ExperimentsHeld(select.Dialect, parameter, "e"))}";
    }

    /// <summary>The condition that one of the principals in a list parameter may read an experiment.</summary>
    public static string ExperimentsHeld(Dialect dialect, int parameter, string alias) =>
        $"""
        ({alias}.id IN ({Held(dialect, parameter, ObjectKinds.Experiment)}) OR {alias}.folder_id IN (
            SELECT a.folder_id FROM folder_ancestors a WHERE a.ancestor_id IN ({Held(dialect, parameter, ObjectKinds.Folder)})))
        """;

    /// <summary>Adds the condition on a column with keys of registered models, if there is one.</summary>
    public static void Models(SelectBuilder select, ReadScope scope, string key)
    {
        if (scope.PrincipalIds is { } principals)
        {
            var parameter = select.Number(SqlValue.List(principals));
            select.Conditions.Add(
                $"({key} IN ({Held(select.Dialect, parameter, ObjectKinds.Model)}) OR EXISTS ({OnRegistry} AND {select.Dialect.In("+g.principal_id", parameter)}))");
        }
    }

    private static string Held(Dialect dialect, int parameter, ObjectKind kind) =>
        $"SELECT g.object_id FROM grants g WHERE {dialect.In("g.principal_id", parameter)} AND g.object_type = {kind.Grants!.Number} AND {LevelStatements.Reads}";
}
