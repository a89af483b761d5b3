using System.Text.Json;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests.Webhooks;

/// <summary>A server whose webhooks may send to this machine, and short words for what its users do.</summary>
public sealed class HookedServer(RunningServer server) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public RunningServer Server { get; } = server;

    public static async Task<HookedServer> StartAsync(Database database, bool requireSignIn = false)
    {
        var store = database == Database.Sqlite ? null : (await (await PostgresServer.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken)).Uri;
        return new(await RunningServer.StartAsync(options => options with
        {
            BackendStore = store ?? options.BackendStore,
            KeyFile = RunningServer.KeyFileIn(Path.GetDirectoryName(options.ArtifactRoot)!),
            RequireSignIn = requireSignIn,
            AllowPrivateWebhooks = true,
        }));
    }

    /// <summary>Posts and gives the answer, which must be good.</summary>
    public Task<JsonElement> DoAsync(string path, object body) => DoAsync(Server.Admin, HttpMethod.Post, path, body);

    /// <summary>Sends and gives the answer, which must be good.</summary>
    public static async Task<JsonElement> DoAsync(Api api, HttpMethod method, string path, object? body = null)
    {
        var answer = await api.SendAsync(method, $"/api/2.0/mlflow/{path}", body is null ? null : JsonSerializer.Serialize(body));
        Assert.True((int)answer.Status == 200, $"{path}: {answer}");
        return answer.Json;
    }

    /// <summary>Makes a webhook of the workspace registry's dialect that trusts any certificate, and gives its id.</summary>
    public async Task<string> HookAsync(WebhookReceiver receiver, string? model, string[] events, string? secret = null, string? authorization = null, Api? by = null)
    {
        var made = await DoAsync(by ?? Server.Admin, HttpMethod.Post, "registry-webhooks/create", new
        {
            model_name = model,
            events,
            http_url_spec = new { url = receiver.Url, enable_ssl_verification = false, secret, authorization },
        });
        return made.GetProperty("webhook").GetProperty("id").GetString()!;
    }

    public Task ModelAsync(string name, params object[] tags) => DoAsync("registered-models/create", new { name, tags });

    public Task VersionAsync(string name, params object[] tags) => DoAsync("model-versions/create", new { name, source = "s3://b/m", tags });

    public Task MoveAsync(string name, string version, string stage) => DoAsync("model-versions/transition-stage", new { name, version, stage, archive_existing_versions = false });

    public Task RenameAsync(string name, string newName) => DoAsync("registered-models/rename", new { name, new_name = newName });

    public async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(string id)
    {
        var answer = await DoAsync(Server.Admin, HttpMethod.Get, $"registry-webhooks/deliveries?id={id}");
        return answer.TryGetProperty("deliveries", out var list) ? [.. list.EnumerateArray()] : [];
    }

    /// <summary>The newest delivery once it has this status and is as asked for.</summary>
    public async Task<JsonElement> DeliveryAsync(string id, string status, Func<JsonElement, bool>? and = null)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            var deliveries = await DeliveriesAsync(id);
            if (deliveries.Count > 0 && deliveries[0].GetProperty("status").GetString() == status && (and is null || and(deliveries[0])))
            {
                return deliveries[0];
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"no delivery is {status}: {string.Join('\n', deliveries)}");
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
