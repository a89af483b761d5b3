using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Server.Hosting;
using Dossier.Storage;
using Dossier.Testing;

namespace Dossier.Server.Tests.Support;

/// <summary>A real server on a free port, with a database and artifacts in a folder of its own that goes with it.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly List<Api> _people = [];

    private RunningServer(DossierServer server, ServerOptions options, TemporaryFolder folder)
    {
        Server = server;
        Options = options;
        _folder = folder;
        Nobody = new(new HttpClient { BaseAddress = server.Url });
        Admin = new(Nobody.Http);
    }

    public DossierServer Server { get; }

    /// <summary>How it was started.</summary>
    public ServerOptions Options { get; }

    /// <summary>Sends no credentials.</summary>
    public Api Nobody { get; }

    /// <summary>May do everything: the administrator of a server that asks to sign in, everybody on another.</summary>
    public Api Admin { get; private set; }

    /// <summary>The administrator's client.</summary>
    public HttpClient Http => Admin.Http;

    /// <summary>The folder of the artifacts.</summary>
    public string ArtifactRoot => _folder.Combine("artifacts");

    public static Task<RunningServer> StartAsync() => StartAsync(options => options);

    /// <summary>Starts a server on SQLite or on the tests' PostgreSQL server. One that asks to sign in gets the administrator <c>root</c>.</summary>
    public static async Task<RunningServer> StartAsync(Database database, bool requireSignIn = false)
    {
        var store = database == Database.Sqlite ? null : (await (await PostgresServer.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken)).Uri;
        return await StartAsync(options => options with
        {
            BackendStore = store ?? options.BackendStore,
            RequireSignIn = requireSignIn,
            KeyFile = store is null ? null : KeyFileIn(Path.GetDirectoryName(options.ArtifactRoot)!),
        });
    }

    public static async Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions> change)
    {
        var folder = new TemporaryFolder();
        try
        {
            var options = change(OptionsIn(folder));
            var root = options.RequireSignIn ? await RootAsync(options) : null;
            var running = new RunningServer(await DossierServer.StartAsync(options, TestContext.Current.CancellationToken), options, folder);
            if (root is var (principal, token))
            {
                running.Admin = running.Keep(new Person(running.Server.Url, principal, token));
            }

            return running;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Writes a key file and gives its path.</summary>
    public static string KeyFileIn(string folder)
    {
        var path = Path.Combine(folder, "webhooks.key");
        System.IO.File.WriteAllText(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return path;
    }

    public static ServerOptions OptionsIn(TemporaryFolder folder) => new()
    {
        Port = 0,
        BackendStore = $"sqlite:///{folder.Combine("dossier.db")}",
        ArtifactRoot = folder.Combine("artifacts"),
    };

    /// <inheritdoc cref="Api.SendAsync(HttpMethod, string, string?)"/>
    public Task<Answer> SendAsync(HttpMethod method, string url, string? body = null) => Admin.SendAsync(method, url, body);

    /// <inheritdoc cref="Api.PostAsync"/>
    public Task<Answer> PostAsync(string path, string body) => Admin.PostAsync(path, body);

    /// <inheritdoc cref="Api.GetAsync"/>
    public Task<Answer> GetAsync(string path) => Admin.GetAsync(path);

    /// <inheritdoc cref="Api.CreateRunAsync"/>
    public Task<string> CreateRunAsync() => Admin.CreateRunAsync();

    /// <summary>Makes a user who is signed in with a token.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="groups">The ids of groups to be in.</param>
    public Task<Person> UserAsync(string name, params long[] groups) => SignedInAsync(new() { Kind = PrincipalKind.User, Name = name }, groups);

    /// <summary>A client that sends user name and password with every request, as MLflow's does.</summary>
    public Api WithPassword(string userName, string password)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"));
        return Keep(new Api(new() { BaseAddress = Server.Url, DefaultRequestHeaders = { Authorization = new("Basic", basic) } }));
    }

    /// <summary>Makes a service principal that is signed in with a token; its name is a new application id.</summary>
    /// <param name="displayName">What people call it.</param>
    /// <param name="groups">The ids of groups to be in.</param>
    public Task<Person> ServicePrincipalAsync(string displayName, params long[] groups) =>
        SignedInAsync(new() { Kind = PrincipalKind.ServicePrincipal, Name = Guid.NewGuid().ToString(), DisplayName = displayName }, groups);

    /// <summary>Makes a group and gives its id.</summary>
    public async Task<long> GroupAsync(string name, params long[] members)
    {
        var group = await Server.Store.Identity.CreateAsync(new() { Kind = PrincipalKind.Group, Name = name }, Change, TestContext.Current.CancellationToken);
        await Server.Store.Identity.ChangeMembersAsync(group.Id, members, [], Change, TestContext.Current.CancellationToken);
        return group.Id;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            person.Dispose();
        }

        Nobody.Dispose();
        try
        {
            await Server.DisposeAsync();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private static Change Change => new("root", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    // As 'dossier admin create' does, with a token instead of the password.
    private static async Task<(Principal Principal, string Token)?> RootAsync(ServerOptions options)
    {
        await using var store = await DossierStore.OpenAsync(options.BackendStore, "mlflow-artifacts:/", options.Clock, TestContext.Current.CancellationToken);
        return await AddAsync(store, new() { Kind = PrincipalKind.User, Name = "root" }, [BuiltIn.AdminsId]);
    }

    private static async Task<(Principal Principal, string Token)> AddAsync(DossierStore store, Principal principal, long[] groups)
    {
        var cancel = TestContext.Current.CancellationToken;
        var made = await store.Identity.CreateAsync(principal, Change, cancel);
        foreach (var group in groups)
        {
            await store.Identity.ChangeMembersAsync(group, [made.Id], [], Change, cancel);
        }

        var token = Secret.New(Secret.TokenPrefix);
        await store.Credentials.AddTokenAsync(
            new(TokenKind.Personal, made.Id, Secret.Hash(token), null, "of a test"), Change with { PrincipalId = made.Id }, cancel);
        return (made, token);
    }

    private T Keep<T>(T api)
        where T : Api
    {
        _people.Add(api);
        return api;
    }

    private async Task<Person> SignedInAsync(Principal principal, long[] groups)
    {
        var (made, token) = await AddAsync(Server.Store, principal, groups);
        return Keep(new Person(Server.Url, made, token));
    }
}

/// <summary>What a server keeps its record in.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>What a server answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string? ErrorCode => Json.GetProperty("error_code").GetString();

    public string Message => Json.GetProperty("message").GetString() ?? "";

    public override string ToString() => $"{(int)Status} {Body}";
}
