using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Prompts;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tests.Access;

/// <summary>A world in a database, in place of the one before. Each experiment has a run with a dataset and a logged model, each model a version.</summary>
internal sealed class WorldRecord(DossierStore store, World world)
{
    private const long First = 1000;

    // Without what the migration made: users, roots and their grants.
    private static readonly string[] Emptying =
    [
        "DELETE FROM dataset_inputs", "DELETE FROM datasets", "DELETE FROM logged_models", "DELETE FROM runs", "DELETE FROM model_versions",
        "DELETE FROM registered_models", "DELETE FROM experiments", "DELETE FROM grants WHERE principal_id <> 1", "DELETE FROM folder_ancestors WHERE folder_id <> 1",
        "UPDATE folders SET parent_id = NULL", "DELETE FROM folders WHERE id <> 1", "DELETE FROM group_members WHERE group_id >= 1000", "DELETE FROM principals WHERE id >= 1000",
    ];

    private readonly Caller[] _callers = new Caller[World.Users];

    public async Task<WorldRecord> WriteAsync()
    {
        await store.Database.WriteAsync(WriteAsync, default);
        for (var user = 0; user < World.Users; user++)
        {
            _callers[user] = (await store.Identity.FindCallerAsync(Key(user), default))!;
        }

        return this;
    }

    public Caller Caller(int user) => _callers[user];

    public static string NameOf(int principal) => principal == World.Everybody ? BuiltIn.Users : $"p{principal}";

    public static PrincipalKind KindOf(int principal) => principal < World.Users ? PrincipalKind.User : PrincipalKind.Group;

    /// <summary>What grants are made on.</summary>
    public static AccessObject Target(Thing thing) => thing.Kind switch
    {
        'f' => ObjectKinds.Folder.Of(thing.Place < 0 ? "0" : $"{First + thing.Place}"),
        'e' => ObjectKinds.Experiment.Of($"e{thing.Place}"),
        'm' => ObjectKinds.Model.Of($"m{thing.Place}"),
        _ => ObjectKinds.Registry.Only(),
    };

    /// <summary>All objects that stand for a thing, or that it guards.</summary>
    public IEnumerable<AccessObject> Faces(Thing thing) => thing.Kind switch
    {
        'f' => [Target(thing), ObjectKinds.FolderAt.Of(FolderPath.Of($"{world.Path(thing.Place)}/new", "x")), ObjectKinds.FolderAt.Of(FolderPath.Of($"{world.Path(thing.Place)}/new/new/new", "x"))],
        'e' =>
        [
            Target(thing), ObjectKinds.ExperimentByName.Of(NameOf(thing)), ObjectKinds.Run.Of($"run{thing.Place}"), ObjectKinds.LoggedModel.Of($"l{thing.Place}"),
            ObjectKinds.Artifact.Of(ArtifactPath.Parse($"{thing.Place}/run/file").Value),
        ],
        'm' => [Target(thing), ObjectKinds.ModelById.Of($"id{thing.Place}")],
        _ => [Target(thing)],
    };

    public Task<PermissionLevel?> LevelAsync(int user, AccessObject target) => store.Access.FindLevelAsync(target, _callers[user].PrincipalIds, default);

    public Task GrantAsync(params WorldGrant[] grants) => Task.WhenAll(grants.GroupBy(grant => grant.On).Select(on => store.Access.ChangeGrantsAsync(
        Target(on.Key), [.. on.Select(grant => new Grant(KindOf(grant.Principal), NameOf(grant.Principal), grant.Level))], false, Core.Access.Caller.Local, 1, default)));

    public Task RenameAsync(int experiment, string newName) => store.Tracking.RenameExperimentAsync($"e{experiment}", null, newName, new Change("local", 1), default);

    /// <summary>What a user finds by each search, page after page of two: the places of experiments, or of models.</summary>
    public async Task<Dictionary<string, int[]>> FoundAsync(int user)
    {
        var scope = _callers[user].Scope;
        IReadOnlyList<string> ids = [.. world.Experiments.Select(experiment => $"e{experiment.Place}")];
        return new()
        {
            ["experiments"] = await AllAsync(query => store.Tracking.SearchExperimentsAsync(query, ViewType.All, scope, default), one => one.ExperimentId),
            ["runs"] = await AllAsync(query => store.Tracking.SearchRunsAsync(ids, query, ViewType.All, scope, default), one => one.Info.ExperimentId!),
            ["runs of each"] = [.. (await Task.WhenAll(ids.Select(id => store.Tracking.SearchRunsAsync([id], Page(null), ViewType.All, scope, default))))
                .SelectMany(page => page.Items).Select(run => Place(run.Info.ExperimentId!)).Order()],
            ["logged models"] = await AllAsync(query => store.LoggedModels.SearchAsync(ids, query, [], scope, default), one => one.Info.ExperimentId),
            ["datasets"] = [.. (await store.Tracking.SearchDatasetsAsync(ids, scope, default)).Select(one => Place(one.ExperimentId)).Order()],
            ["models"] = await AllAsync(query => store.Registry.SearchModelsAsync(query, PromptScope.All, scope, default), one => one.Name),
            ["versions"] = await AllAsync(query => store.Registry.SearchVersionsAsync(query, PromptScope.All, scope, default), one => one.Name),
        };
    }

    private static async Task<int[]> AllAsync<T>(Func<SearchQuery, Task<Page<T>>> search, Func<T, string> name)
    {
        var found = new List<int>();
        string? token = null;
        do
        {
            var page = await search(Page(token));
            found.AddRange(page.Items.Select(item => Place(name(item))));
            token = page.NextPageToken;
        }
        while (token is not null);
        return [.. found.Order()];
    }

    private static SearchQuery Page(string? token) => new([], [], 2, token);

    private static int Place(string id) => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private string NameOf(Thing experiment) => $"{world.Path(world.FolderOf[experiment.Place])}/e{experiment.Place}";

    private static long Key(int principal) => principal == World.Everybody ? BuiltIn.UsersId : First + principal;

    private async ValueTask WriteAsync(SqlSession session)
    {
        foreach (var statement in Emptying)
        {
            await session.ExecuteAsync(statement);
        }

        for (var principal = 0; principal < World.Everybody; principal++)
        {
            await session.ExecuteAsync(
                "INSERT INTO principals (id, kind, name, name_key, active, created_at, updated_at) VALUES ($1, $2, $3, $3, 1, 1, 1)",
                Key(principal), (long)KindOf(principal), NameOf(principal));
        }

        foreach (var (member, group) in world.Members)
        {
            await session.ExecuteAsync("INSERT INTO group_members (group_id, member_id) VALUES ($1, $2)", Key(group), Key(member));
        }

        for (var folder = 0; folder < world.Parents.Length; folder++)
        {
            var (key, parent) = (First + folder, world.Parents[folder] < 0 ? 1 : First + world.Parents[folder]);
            await session.ExecuteAsync("INSERT INTO folders (id, public_id, parent_id, path, created_at) VALUES ($1, $1, $2, $3, 1)", key, parent, world.Path(folder));
            await session.ExecuteAsync(
                "INSERT INTO folder_ancestors (folder_id, ancestor_id) SELECT $1, a.ancestor_id FROM folder_ancestors a WHERE a.folder_id = $2 UNION ALL SELECT $1, $1", key, parent);
        }

        foreach (var experiment in world.Experiments)
        {
            await WriteExperimentAsync(session, experiment);
        }

        for (var model = 0; model < world.Models; model++)
        {
            await session.ExecuteAsync(
                "INSERT INTO registered_models (id, public_id, name, user_id, last_version, created_at, updated_at) VALUES ($1, $2, $3, 'x', 1, 1, 1)",
                First + model, $"id{model}", $"m{model}");
            await session.ExecuteAsync(
                "INSERT INTO model_versions (model_id, version, user_id, stage, source, download_uri, created_at, updated_at) VALUES ($1, 1, 'x', 'None', 'x', 'x', 1, 1)",
                First + model);
        }

        foreach (var (on, principal, level) in world.Grants)
        {
            var (type, key) = on.Kind switch
            {
                'f' => (ObjectKinds.Folder, on.Place < 0 ? 1 : First + on.Place),
                'e' => (ObjectKinds.Experiment, First + on.Place),
                'm' => (ObjectKinds.Model, First + on.Place),
                _ => (ObjectKinds.Registry, 0L),
            };
            await session.ExecuteAsync(
                "INSERT INTO grants (object_type, object_id, principal_id, level, granted_by, at) VALUES ($1, $2, $3, $4, 'x', 1)", type.Grants!.Number, key, Key(principal), (long)level);
        }
    }

    private async ValueTask WriteExperimentAsync(SqlSession session, Thing experiment)
    {
        var (key, id) = (First + experiment.Place, $"e{experiment.Place}");
        await session.ExecuteAsync(
            """
            INSERT INTO experiments (id, public_id, name, artifact_location, served_path, folder_id, deleted, created_at, updated_at)
            VALUES ($1, $2, $3, 'x', $4, $5, 0, 1, 1)
            """,
            key, id, NameOf(experiment), $"{experiment.Place}", First + world.FolderOf[experiment.Place]);
        await session.ExecuteAsync(
            """
            INSERT INTO runs (id, public_id, experiment_id, name, status, start_time, artifact_uri, deleted, deleted_with_experiment)
            VALUES ($1, $2, $1, 'run', 'RUNNING', 1, 'x', 0, 0)
            """,
            key, $"run{experiment.Place}");
        await session.ExecuteAsync("INSERT INTO datasets (id, experiment_id, name, digest) VALUES ($1, $1, 'data', 'd')", key);
        await session.ExecuteAsync("INSERT INTO dataset_inputs (run_id, dataset_id) VALUES ($1, $1)", key);
        await session.ExecuteAsync(
            """
            INSERT INTO logged_models (public_id, experiment_id, name, artifact_uri, status, model_type, deleted, created_at, updated_at)
            VALUES ($1, $2, 'model', 'x', 'READY', '', 0, 1, 1)
            """,
            $"l{experiment.Place}", key);
    }
}
