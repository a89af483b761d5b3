using System.Globalization;
using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>
/// The ground of the walk: a server that asks to sign in, a folder with an experiment, a registered model, and one person for each level.
/// What a request would use up is made afresh for each.
/// </summary>
public sealed class Walk : IAsyncDisposable
{
    /// <summary>The folder.</summary>
    public const string Folder = "/walk";

    /// <summary>The registered model.</summary>
    public const string Model = "walk-model";

    private const string Receiver = "https://localhost/hook";

    private readonly Dictionary<Persona, Api> _people = [];
    private int _names;

    private Walk(RunningServer server) => Server = server;

    public RunningServer Server { get; }

    /// <summary>The administrator.</summary>
    public Person Admin => (Person)Server.Admin;

    /// <summary>A service principal; its application id.</summary>
    public string ServicePrincipal { get; private set; } = "";

    /// <summary>The experiment; its id.</summary>
    public string Experiment { get; private set; } = "";

    /// <summary>The experiment's name.</summary>
    public string ExperimentName { get; private set; } = "";

    /// <summary>A run with a param, a tag, a metric and the artifact <c>f.txt</c>.</summary>
    public string Run { get; private set; } = "";

    /// <summary>A logged model with the artifact <c>f.txt</c>.</summary>
    public string LoggedModel { get; private set; } = "";

    /// <summary>The run that the files of the model's version 1 lie in.</summary>
    public string RunOfVersion { get; private set; } = "";

    /// <summary>The folder's id.</summary>
    public string FolderId { get; private set; } = "";

    public static async Task<Walk> StartAsync(Database database)
    {
        var walk = new Walk(await RunningServer.StartAsync(database, requireSignIn: true));
        await walk.MakeAsync();
        return walk;
    }

    /// <summary>The persona's client.</summary>
    public Api As(Persona persona) => _people[persona];

    /// <summary>A name that nothing has.</summary>
    public string NewName(string start = "walk-") => $"{start}{Interlocked.Increment(ref _names)}";

    /// <summary>An experiment like the first one: in the folder, and with the same grants.</summary>
    public async Task<(string Id, string Name)> NewExperimentAsync(bool deleted = false)
    {
        var name = NewName($"{Folder}/exp-");
        var id = (await PostAsync("experiments/create", new { name })).GetProperty("experiment_id").GetString()!;
        await GrantAsync(ObjectKinds.Experiment.Of(id), persona => persona.OnExperiment);
        if (deleted)
        {
            await PostAsync("experiments/delete", new { experiment_id = id });
        }

        return (id, name);
    }

    /// <summary>A webhook that 3.x clients would make. Its receiver is this machine, which webhooks may not send to: a test of it reaches nobody.</summary>
    public static object MlflowWebhook { get; } = new { name = "hook", url = Receiver, events = new[] { new { entity = "MODEL_VERSION", action = "CREATED" } } };

    /// <summary>A webhook about a registered model or, without a name, about all.</summary>
    public static object Webhook(string model) => new { model_name = model, events = new[] { "MODEL_VERSION_CREATED" }, http_url_spec = new { url = Receiver } };

    /// <summary>Makes such a webhook; gives its id.</summary>
    public async Task<string> NewWebhookAsync(string model) =>
        (await PostAsync("registry-webhooks/create", Webhook(model))).GetProperty("webhook").GetProperty("id").GetString()!;

    /// <summary>Makes one as 3.x clients do; gives its id.</summary>
    public async Task<string> NewMlflowWebhookAsync() => (await PostAsync("webhooks", MlflowWebhook)).GetProperty("webhook").GetProperty("webhook_id").GetString()!;

    /// <summary>A run in the experiment.</summary>
    public async Task<string> NewRunAsync() =>
        (await PostAsync("runs/create", new { experiment_id = Experiment })).GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;

    /// <summary>A logged model in the experiment.</summary>
    public async Task<string> NewLoggedModelAsync() =>
        (await PostAsync("logged-models", new { experiment_id = Experiment })).GetProperty("model").GetProperty("info").GetProperty("model_id").GetString()!;

    /// <summary>A registered model with the same grants as the first one.</summary>
    public async Task<string> NewModelAsync()
    {
        var name = NewName();
        await PostAsync("registered-models/create", new { name });
        await GrantAsync(ObjectKinds.Model.Of(name), persona => persona.OnModel);
        return name;
    }

    /// <summary>A registered model's id.</summary>
    public async Task<string> IdOfModelAsync(string name) =>
        Good(await Server.GetAsync($"databricks/registered-models/get?name={name}")).GetProperty("registered_model_databricks").GetProperty("id").GetString()!;

    /// <summary>A folder in the folder; its id.</summary>
    public async Task<string> NewFolderAsync()
    {
        var path = NewName($"{Folder}/folder-");
        Good(await Server.SendAsync(HttpMethod.Post, "/api/2.0/workspace/mkdirs", JsonSerializer.Serialize(new { path })));
        return Good(await Server.SendAsync(HttpMethod.Get, $"/api/2.0/workspace/get-status?path={path}")).GetProperty("resource_id").GetString()!;
    }

    /// <summary>A version of the registered model, moved to a stage.</summary>
    public async Task<string> NewVersionAsync(string stage = ModelStage.None)
    {
        var answer = await PostAsync("model-versions/create", new { name = Model, source = "s3://bucket/model" });
        var version = answer.GetProperty("model_version").GetProperty("version").GetString()!;
        if (stage != ModelStage.None)
        {
            await PostAsync("model-versions/transition-stage", new { name = Model, version, stage, archive_existing_versions = false });
        }

        return version;
    }

    /// <summary>A version in a stage with a request of the administrator to move it to another.</summary>
    public async Task<string> NewRequestAsync(string from, string to)
    {
        var version = await NewVersionAsync(from);
        await PostAsync("transition-requests/create", new { name = Model, version, stage = to });
        return version;
    }

    /// <summary>A comment of the administrator on version 1; its id.</summary>
    public async Task<string> NewCommentAsync() =>
        (await PostAsync("comments/create", new { name = Model, version = "1", comment = "c" })).GetProperty("comment").GetProperty("id").GetString()!;

    /// <summary>A token of somebody; its id.</summary>
    public static async Task<string> NewTokenAsync(Person owner) =>
        Good(await owner.SendAsync(HttpMethod.Post, "/api/2.0/token/create", "{}")).GetProperty("token_info").GetProperty("token_id").GetString()!;

    /// <summary>A principal; its id.</summary>
    public async Task<string> NewPrincipalAsync(PrincipalKind kind)
    {
        var name = kind == PrincipalKind.ServicePrincipal ? Guid.NewGuid().ToString() : NewName();
        var made = await Server.Server.Store.Identity.CreateAsync(new() { Kind = kind, Name = name }, new("root", 1), TestContext.Current.CancellationToken);
        return made.Id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A user; the name.</summary>
    public async Task<string> NewUserAsync()
    {
        var name = NewName();
        await Server.Server.Store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = name }, new("root", 1), TestContext.Current.CancellationToken);
        return name;
    }

    /// <summary>A user with CAN_READ on the experiment and on the registered model; the name.</summary>
    public async Task<string> NewReaderAsync()
    {
        var name = await NewUserAsync();
        await ChangeAsync(ObjectKinds.Experiment.Of(Experiment), [new(PrincipalKind.User, name, PermissionLevel.CanRead)]);
        await ChangeAsync(ObjectKinds.Model.Of(Model), [new(PrincipalKind.User, name, PermissionLevel.CanRead)]);
        return name;
    }

    /// <summary>A file in the run; its path in the server's store.</summary>
    public async Task<string> NewArtifactAsync(string? folder = null)
    {
        var path = $"{folder ?? $"{Experiment}/{Run}/artifacts"}/{NewName("f")}.txt";
        Good(await Server.SendAsync(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{path}", "x"));
        return path;
    }

    /// <summary>A multipart upload with its one part put.</summary>
    public async Task<Upload> NewUploadAsync()
    {
        var (folder, file) = ($"{Experiment}/{Run}/artifacts", NewName("big"));
        var made = Good(await Server.SendAsync(
            HttpMethod.Post, $"/api/2.0/mlflow-artifacts/mpu/create/{folder}", JsonSerializer.Serialize(new { path = file, num_parts = 1 })));
        var url = made.GetProperty("credentials")[0].GetProperty("url").GetString()!;
        using var content = new StringContent("x");
        using var put = await Server.Nobody.Http.PutAsync(url, content, TestContext.Current.CancellationToken);
        return new(folder, file, made.GetProperty("upload_id").GetString()!, put.Headers.ETag!.Tag);
    }

    /// <summary>Posts as the administrator, below <c>/api/2.0/mlflow</c>.</summary>
    public async Task<JsonElement> PostAsync(string path, object message) => Good(await Server.PostAsync(path, JsonSerializer.Serialize(message)));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task MakeAsync()
    {
        foreach (var persona in Persona.All)
        {
            _people.Add(persona, await Server.UserAsync($"walker-{_people.Count}"));
        }

        ServicePrincipal = (await Server.ServicePrincipalAsync("walker")).Name;
        _people.Add(Persona.Admin, Server.Admin);
        _people.Add(Persona.Nobody, Server.Nobody);
        (Experiment, ExperimentName) = await NewExperimentAsync();
        var folder = (await Server.Server.Store.Access.FindFolderAsync(Folder, TestContext.Current.CancellationToken))!;
        FolderId = folder.Id;
        await GrantAsync(ObjectKinds.Folder.Of(FolderId), persona => persona.OnFolder);
        (Run, RunOfVersion, LoggedModel) = (await NewRunAsync(), await NewRunAsync(), await NewLoggedModelAsync());
        await PostAsync("runs/log-batch", new
        {
            run_id = Run,
            metrics = new[] { new { key = "m", value = 1, timestamp = 1, step = 1 } },
            @params = new[] { new { key = "p", value = "v" } },
            tags = new[] { new { key = "t", value = "v" } },
        });
        foreach (var place in new[] { $"{Run}/artifacts", $"{RunOfVersion}/artifacts", $"models/{LoggedModel}/artifacts" })
        {
            Good(await Server.SendAsync(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/{Experiment}/{place}/f.txt", "x"));
        }

        await PostAsync("registered-models/create", new { name = Model });
        await GrantAsync(ObjectKinds.Model.Of(Model), persona => persona.OnModel);
        await PostAsync("model-versions/create", new { name = Model, source = $"runs:/{RunOfVersion}" });
        await PostAsync("registered-models/alias", new { name = Model, alias = "best", version = "1" });
    }

    private async Task GrantAsync(AccessObject target, Func<Persona, PermissionLevel> level)
    {
        var fallen = Persona.All.Where(persona => persona.IsFallen).Select(persona => GrantTo(persona, PermissionLevel.CanManage));
        var lost = Persona.All.Where(persona => persona.IsFallen).Select(persona => GrantTo(persona, PermissionLevel.NoPermissions));
        var held = Persona.All.Where(persona => level(persona) != PermissionLevel.NoPermissions).Select(persona => GrantTo(persona, level(persona)));
        await ChangeAsync(target, [.. held, .. fallen]);
        await ChangeAsync(target, [.. lost]);
    }

    private Grant GrantTo(Persona persona, PermissionLevel level) => new(PrincipalKind.User, ((Person)As(persona)).Name, level);

    private async Task ChangeAsync(AccessObject target, IReadOnlyList<Grant> grants) => await Server.Server.Store.Access.ChangeGrantsAsync(
        target, grants, replace: false, Caller.Local, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), TestContext.Current.CancellationToken);

    private static JsonElement Good(Answer answer) => answer.Status == System.Net.HttpStatusCode.OK ? answer.Json : throw new InvalidOperationException(answer.ToString());
}

/// <summary>A multipart upload.</summary>
public sealed record Upload(string Folder, string File, string Id, string Etag);
