using System.Net;
using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Review;

/// <summary>The ground of the tests of review: a server that asks to sign in, the model <c>m</c> of the administrator, and a person for each level on it.</summary>
public sealed class ReviewGround : IAsyncDisposable
{
    public const string Model = "m";

    /// <summary>The levels on a model, the lowest first.</summary>
    public static readonly IReadOnlyList<PermissionLevel> Levels =
    [
        PermissionLevel.NoPermissions, PermissionLevel.CanRead, PermissionLevel.CanEdit, PermissionLevel.CanManageStagingVersions,
        PermissionLevel.CanManageProductionVersions, PermissionLevel.CanManage,
    ];

    private readonly Dictionary<PermissionLevel, Person> _people = [];

    private ReviewGround(RunningServer server) => Server = server;

    public RunningServer Server { get; }

    public Api Admin => Server.Admin;

    public static async Task<ReviewGround> StartAsync(Database database) => await OnAsync(await RunningServer.StartAsync(database, requireSignIn: true));

    public static async Task<ReviewGround> StartAsync(Func<ServerOptions, ServerOptions> change) =>
        await OnAsync(await RunningServer.StartAsync(options => change(options) with { RequireSignIn = true }));

    /// <summary>The person with exactly this level.</summary>
    public Person With(PermissionLevel level) => _people[level];

    public async Task GrantAsync(Person person, PermissionLevel level) => await Server.Server.Store.Access.ChangeGrantsAsync(
        ObjectKinds.Model.Of(Model), [new(PrincipalKind.User, person.Name, level)], false, Root, 1, TestContext.Current.CancellationToken);

    /// <summary>A new version, moved to this stage by the administrator; its number.</summary>
    public async Task<string> VersionAsync(string stage = ModelStage.None, Api? creator = null)
    {
        var made = Good(await (creator ?? Admin).PostAsync("model-versions/create", """{"name": "m", "source": "s3://b/m"}"""));
        var version = made.GetProperty("model_version").GetProperty("version").GetString()!;
        if (stage != ModelStage.None)
        {
            await PutAsync(version, stage);
        }

        return version;
    }

    /// <summary>Moves a version as the administrator.</summary>
    public async Task PutAsync(string version, string stage) => Good(await PostAsync(Admin, "model-versions/transition-stage", version, stage));

    /// <summary>Where the version is.</summary>
    public async Task<string> StageAsync(string version) =>
        Good(await Admin.GetAsync($"model-versions/get?name=m&version={version}")).GetProperty("model_version").GetProperty("current_stage").GetString()!;

    /// <summary>Posts a message about a version and a stage.</summary>
    public static Task<Answer> PostAsync(Api who, string path, string version, string stage, bool archiveExisting = false, string? comment = null) => who.PostAsync(
        path, JsonSerializer.Serialize(new { name = Model, version, stage, archive_existing_versions = archiveExisting, comment }));

    public static Task<Answer> RequestAsync(Api who, string version, string stage) => PostAsync(who, "transition-requests/create", version, stage);

    public static Task<Answer> CancelAsync(Api who, string version, string stage, string? creator = null) => who.SendAsync(
        HttpMethod.Delete,
        $"/api/2.0/mlflow/transition-requests/delete?name=m&version={version}&stage={stage}{(creator is null ? "" : $"&creator={creator}")}");

    /// <summary>The open requests as somebody sees them: <c>user stage action,action</c>.</summary>
    public static async Task<List<string>> OpenAsync(Api who, string version) =>
        Good(await who.GetAsync($"transition-requests/list?name=m&version={version}")).TryGetProperty("requests", out var requests)
            ? [.. requests.EnumerateArray().Select(request => $"{request.GetProperty("user_id")} {request.GetProperty("to_stage")} {Actions(request)}".TrimEnd())]
            : [];

    /// <summary>The available actions, by their first words.</summary>
    public static string Actions(JsonElement activity) => activity.TryGetProperty("available_actions", out var actions)
        ? string.Join(',', actions.EnumerateArray().Select(action => action.GetString()!.Split('_')[0]))
        : "";

    public static JsonElement Good(Answer answer) => answer.Status == HttpStatusCode.OK ? answer.Json : throw new InvalidOperationException($"{answer}");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Caller Root => new() { Id = ((Person)Admin).Id, Name = "root", Kind = PrincipalKind.User, PrincipalIds = [BuiltIn.AdminsId, BuiltIn.UsersId, ((Person)Admin).Id] };

    private static async Task<ReviewGround> OnAsync(RunningServer server)
    {
        var ground = new ReviewGround(server);
        Good(await ground.Admin.PostAsync("registered-models/create", """{"name": "m"}"""));
        foreach (var level in Levels)
        {
            ground._people[level] = await ground.Server.UserAsync($"{level}");
            await ground.GrantAsync(ground._people[level], level);
        }

        return ground;
    }
}
