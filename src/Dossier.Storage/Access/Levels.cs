using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>Finds out which level some principals have on an object, each kind of object by one statement.</summary>
internal sealed class Levels
{
    private readonly string _experiment;
    private readonly string _experimentNamed;
    private readonly string _run;
    private readonly string _runs;
    private readonly string _loggedModel;
    private readonly string _loggedModels;
    private readonly string _artifact;
    private readonly string _model;
    private readonly string _modelWithId;
    private readonly string _comment;
    private readonly string _registry;
    private readonly string _folder;
    private readonly string _folderFor;
    private readonly string _folderOf;
    private readonly string _tokens;
    private readonly string _passwords;

    public Levels(Dialect dialect)
    {
        var on = new LevelStatements(dialect);
        (string One, string Many) OfMembers(string table)
        {
            var all = $"SELECT {on.OfExperiment("e")}, x.public_id FROM {table} x JOIN experiments e ON e.id = x.experiment_id WHERE ";
            return ($"{all}x.public_id = $2", all + dialect.In("x.public_id", 2));
        }

        _experiment = $"SELECT {on.OfExperiment("e")} FROM experiments e WHERE e.public_id = $2";
        _experimentNamed = $"SELECT {on.OfExperiment("e")} FROM experiments e WHERE e.name = $2";
        (_run, _runs) = OfMembers("runs");
        (_loggedModel, _loggedModels) = OfMembers("logged_models");
        _artifact = Artifact(dialect, on);
        _model = $"SELECT {on.OfModel("m")} FROM registered_models m WHERE m.name = $2";
        _modelWithId = $"SELECT {on.OfModel("m")} FROM registered_models m WHERE m.public_id = $2";
        _comment = $"SELECT {on.OfModel("m")} FROM activities c JOIN registered_models m ON m.public_id = c.model_id WHERE c.public_id = $2 AND c.type = '{ActivityType.NewComment}'";
        _registry = $"SELECT {on.OfOnly(ObjectType.Registry)}";
        _folder = $"SELECT {on.OfFolder("f.id")} FROM folders f WHERE f.public_id = $2";
        _folderFor = $"SELECT {on.OfFolder("f.id")} FROM folders f WHERE {dialect.In("f.path", 2)} ORDER BY LENGTH(f.path) DESC LIMIT 1";
        _folderOf = $"SELECT {on.OfFolder("e.folder_id")} FROM experiments e WHERE e.public_id = $2";
        _tokens = $"SELECT {on.OfOnly(ObjectType.Tokens)}";
        _passwords = $"SELECT {on.OfOnly(ObjectType.Passwords)}";
    }

    /// <summary>The highest level, inherited included; null if there is no such object.</summary>
    public ValueTask<PermissionLevel?> FindAsync(SqlSession session, AccessObject target, IReadOnlyList<long> principals) => target switch
    {
        AccessObject.Experiment experiment => OneAsync(session, _experiment, principals, experiment.Id),
        AccessObject.ExperimentNamed experiment => OneAsync(session, _experimentNamed, principals, experiment.Name),
        AccessObject.Run run => OneAsync(session, _run, principals, run.Id),
        AccessObject.LoggedModel model => OneAsync(session, _loggedModel, principals, model.Id),
        AccessObject.Artifact artifact => OneAsync(session, _artifact, principals, SqlValue.List(ServedPath.Above(artifact.Path))),
        AccessObject.Model model => OneAsync(session, _model, principals, model.Name),
        AccessObject.ModelWithId model => OneAsync(session, _modelWithId, principals, model.Id),
        AccessObject.Comment comment => OneAsync(session, _comment, principals, comment.Id),
        AccessObject.Registry => OnlyAsync(session, _registry, principals),
        AccessObject.Folder folder => FolderKey.TryParse(folder.Id, out var key) ? OneAsync(session, _folder, principals, key) : default,
        AccessObject.FolderFor folder => OneAsync(session, _folderFor, principals, SqlValue.List(Folders.WithAbove(FolderPath.Of(folder.ExperimentName, folder.Creator)))),
        AccessObject.FolderOf folder => OneAsync(session, _folderOf, principals, folder.ExperimentId),
        AccessObject.Tokens => OnlyAsync(session, _tokens, principals),
        AccessObject.Passwords => OnlyAsync(session, _passwords, principals),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Not an object that access is asked for."),
    };

    /// <summary>The highest level on each of several objects that is there.</summary>
    public async ValueTask<IReadOnlyDictionary<AccessObject, PermissionLevel>> FindAsync(
        SqlSession session, IReadOnlyCollection<AccessObject> targets, IReadOnlyList<long> principals)
    {
        var found = new Dictionary<AccessObject, PermissionLevel>();
        await ManyAsync([.. targets.OfType<AccessObject.Run>().Select(run => run.Id)], _runs, id => new AccessObject.Run(id));
        await ManyAsync([.. targets.OfType<AccessObject.LoggedModel>().Select(model => model.Id)], _loggedModels, id => new AccessObject.LoggedModel(id));
        foreach (var target in targets.Where(target => target is not (AccessObject.Run or AccessObject.LoggedModel)))
        {
            if (await FindAsync(session, target, principals) is { } level)
            {
                found[target] = level;
            }
        }

        return found;

        async ValueTask ManyAsync(IReadOnlyList<string> ids, string sql, Func<string, AccessObject> target)
        {
            if (ids.Count > 0)
            {
                await session.ForEachAsync(sql, row => found[target(row.Text(1))] = (PermissionLevel)row.Integer(0), SqlValue.List(principals), SqlValue.List(ids));
            }
        }
    }

    // The experiment that it lies in decides. To read, a model with a version whose files lie there will do as well.
    private static string Artifact(Dialect dialect, LevelStatements on) =>
        $"""
        SELECT MAX(found.level) FROM (
            SELECT owner.level FROM (
                SELECT {on.OfExperiment("e")} AS level, LENGTH(e.served_path) AS depth FROM experiments e WHERE {dialect.In("e.served_path", 2)}
                ORDER BY depth DESC, level LIMIT 1) owner
            UNION ALL
            SELECT CASE WHEN {on.OfModel("m")} >= 10 THEN 10 ELSE 0 END FROM registered_models m
            WHERE m.id IN (SELECT v.model_id FROM model_versions v WHERE {dialect.In("v.served_path", 2)})) found
        """;

    private static ValueTask<PermissionLevel?> OneAsync(SqlSession session, string sql, IReadOnlyList<long> principals, SqlValue name) =>
        session.FirstAsync(sql, Read, null, SqlValue.List(principals), name);

    private static ValueTask<PermissionLevel?> OnlyAsync(SqlSession session, string sql, IReadOnlyList<long> principals) =>
        session.FirstAsync(sql, Read, null, SqlValue.List(principals));

    private static PermissionLevel? Read(SqlRow row) => row.IntegerOrNull(0) is { } level ? (PermissionLevel)level : null;
}
