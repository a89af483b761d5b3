using System.Collections.Concurrent;
using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Finds out which level some principals have on an object, each kind of object by one statement, which is made of the kind's row.</summary>
internal sealed class Levels(Dialect dialect)
{
    private readonly LevelStatements _on = new(dialect);
    private readonly ConcurrentDictionary<ObjectKind, Statements> _statements = new();

    /// <summary>The highest level, inherited included; null if there is no such object.</summary>
    public ValueTask<PermissionLevel?> FindAsync(SqlSession session, AccessObject target, IReadOnlyList<long> principals) =>
        target.Kind.Table is null && target.Kind.Grants is not null
            ? session.FirstAsync(Of(target.Kind).One, Read, null, SqlValue.List(principals))
            : ValueOf(target) is { } name ? session.FirstAsync(Of(target.Kind).One, Read, null, SqlValue.List(principals), name) : default;

    /// <summary>The highest level on each of several objects that is there. Those of a kind that is looked up by its id are found together.</summary>
    public async ValueTask<IReadOnlyDictionary<AccessObject, PermissionLevel>> FindAsync(
        SqlSession session, IReadOnlyCollection<AccessObject> targets, IReadOnlyList<long> principals)
    {
        var found = new Dictionary<AccessObject, PermissionLevel>();
        foreach (var same in targets.GroupBy(target => target.Kind))
        {
            if (Of(same.Key).Many is { } many)
            {
                await session.ForEachAsync(many, row => found[same.Key.Of(Id(same.Key, row))] = (PermissionLevel)row.Integer(0), SqlValue.List(principals), ValuesOf(same.Key, same));
                continue;
            }

            foreach (var target in same)
            {
                if (await FindAsync(session, target, principals) is { } level)
                {
                    found[target] = level;
                }
            }
        }

        return found;
    }

    /// <summary>What a statement looks the object up by; null for what can't be the name of one.</summary>
    public static SqlValue? ValueOf(AccessObject target) => target.Kind.Lookup switch
    {
        Lookup.Number => FolderKey.TryParse(target.Id, out var number) ? (SqlValue)number : default(SqlValue?),
        Lookup.NearestFolder => SqlValue.List(Folders.WithAbove(target.Id)),
        Lookup.ServedPath => SqlValue.List(ServedPath.Above(ArtifactPath.Parse(target.Id))),
        _ => (SqlValue)target.Id,
    };

    private static SqlValue ValuesOf(ObjectKind kind, IEnumerable<AccessObject> targets) => kind.Lookup == Lookup.Number
        ? SqlValue.List([.. targets.Where(target => FolderKey.TryParse(target.Id, out _)).Select(target => FolderKey.TryParse(target.Id, out var number) ? number : 0)])
        : SqlValue.List([.. targets.Select(target => target.Id)]);

    private static string Id(ObjectKind kind, SqlRow row) => kind.Lookup == Lookup.Number ? FolderKey.Text(row.Integer(1)) : row.Text(1);

    private static PermissionLevel? Read(SqlRow row) => row.IntegerOrNull(0) is { } level ? (PermissionLevel)level : null;

    private Statements Of(ObjectKind kind) => _statements.GetOrAdd(kind, Make);

    private Statements Make(ObjectKind kind)
    {
        if (kind.Lookup == Lookup.ServedPath)
        {
            return new(Served(), null);
        }

        if (kind is { Table: null, Grants: { } only })
        {
            return new($"SELECT {_on.On(only, "")}", null);
        }

        var all = $"SELECT {Level(kind)}, x.{kind.Column} FROM {From(kind)} WHERE ";
        var condition = kind.Condition is { } more ? $" AND {more}" : "";
        return kind.Lookup == Lookup.NearestFolder
            ? new($"{all}{dialect.In($"x.{kind.Column}", 2)}{condition} ORDER BY LENGTH(x.{kind.Column}) DESC LIMIT 1", null)
            : new($"{all}x.{kind.Column} = $2{condition}", $"{all}{dialect.In($"x.{kind.Column}", 2)}{condition}");
    }

    private string Level(ObjectKind kind) => kind switch
    {
        { Grants: { } own } => _on.On(own, "x"),
        { GuardedBy: { } guard } when guard.Kind == ObjectKinds.Folder => _on.OnFolder($"x.{guard.Column}"),
        { GuardedBy.Kind.Grants: { } rules } => _on.On(rules, "guardian"),
        _ => throw new ArgumentException($"The kind '{kind}' has neither grants nor a guardian that has some.", nameof(kind)),
    };

    private static string From(ObjectKind kind) => kind.GuardedBy is { } guard && guard.Kind != ObjectKinds.Folder
        ? $"{kind.Table} x JOIN {guard.Kind.Table} guardian ON guardian.{guard.Key} = x.{guard.Column}"
        : $"{kind.Table} x";

    // The experiment that it lies in decides. To read, a model with a version whose files lie there will do as well.
    private string Served() =>
        $"""
        SELECT MAX(found.level) FROM (
            SELECT owner.level FROM (
                SELECT {_on.On(ObjectKinds.Experiment.Grants!, "e")} AS level, LENGTH(e.served_path) AS depth FROM experiments e
                WHERE {dialect.In("e.served_path", 2)} ORDER BY depth DESC, level LIMIT 1) owner
            UNION ALL
            SELECT CASE WHEN {_on.On(ObjectKinds.Model.Grants!, "m")} >= {(int)PermissionLevel.CanRead} THEN {(int)PermissionLevel.CanRead} ELSE 0 END
            FROM registered_models m WHERE m.id IN (SELECT v.model_id FROM model_versions v WHERE {dialect.In("v.served_path", 2)})) found
        """;

    private sealed record Statements(string One, string? Many);
}
