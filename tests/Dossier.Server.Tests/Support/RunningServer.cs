using System.Net;
using System.Text;
using System.Text.Json;
using Dossier.Server.Hosting;
using Dossier.Testing;

namespace Dossier.Server.Tests.Support;

/// <summary>A real server on a free port, with a database and artifacts in a folder of its own that goes with it.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private RunningServer(DossierServer server, TemporaryFolder folder)
    {
        Server = server;
        _folder = folder;
        Http = new HttpClient { BaseAddress = server.Url };
    }

    public DossierServer Server { get; }

    public HttpClient Http { get; }

    /// <summary>The folder of the artifacts.</summary>
    public string ArtifactRoot => _folder.Combine("artifacts");

    public static Task<RunningServer> StartAsync() => StartAsync(options => options);

    /// <summary>Starts a server on SQLite or on the tests' PostgreSQL server.</summary>
    public static async Task<RunningServer> StartAsync(Database database)
    {
        if (database == Database.Sqlite)
        {
            return await StartAsync();
        }

        var postgres = await PostgresServer.GetAsync();
        var empty = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        return await StartAsync(options => options with { BackendStore = empty.Uri });
    }

    public static async Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions> change)
    {
        var folder = new TemporaryFolder();
        try
        {
            return new(await DossierServer.StartAsync(change(OptionsIn(folder)), TestContext.Current.CancellationToken), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public static ServerOptions OptionsIn(TemporaryFolder folder) => new()
    {
        Port = 0,
        BackendStore = $"sqlite:///{folder.Combine("dossier.db")}",
        ArtifactRoot = folder.Combine("artifacts"),
    };

    /// <summary>Sends a JSON body (null: none) and gives status and body.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string url, string? body = null)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, $"/api/2.0/mlflow/{path}", body);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, $"/api/2.0/mlflow/{path}");

    /// <summary>Creates a run in experiment 0 and gives its id.</summary>
    public async Task<string> CreateRunAsync()
    {
        var answer = await PostAsync("runs/create", """{"experiment_id": "0", "run_name": "test"}""");
        return answer.Json.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
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
