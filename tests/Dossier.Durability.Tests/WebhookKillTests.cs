using Dossier.Testing;

namespace Dossier.Durability.Tests;

/// <summary>A server that is killed between a change and its webhook's message loses neither.</summary>
public sealed class WebhookKillTests : IDisposable
{
    private const int Rounds = 3;
    private const int VersionsOfRound = 5;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public Task Every_acknowledged_change_is_told_though_servers_are_killed_on_SQLite() =>
        TellThoughKilledAsync($"sqlite:///{_folder.Combine("dossier.db")}");

    [Fact]
    public async Task Every_acknowledged_change_is_told_though_servers_are_killed_on_PostgreSQL() =>
        await TellThoughKilledAsync((await (await PostgresServer.GetAsync()).CreateDatabaseAsync(TestContext.Current.CancellationToken)).Uri);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private async Task TellThoughKilledAsync(string backendStore)
    {
        await using var receiver = await WebhookReceiver.StartAsync(https: false);
        for (var round = 0; round < Rounds; round++)
        {
            using var server = await StartAsync(backendStore);
            if (round == 0)
            {
                await server.Client.WriteAsync("registered-models/create", new { name = "pcb" });
                await server.Client.WriteAsync("registry-webhooks/create", new
                {
                    model_name = "pcb",
                    events = new[] { "MODEL_VERSION_CREATED" },
                    http_url_spec = new { url = receiver.Url, enable_ssl_verification = false },
                });
            }

            for (var version = 0; version < VersionsOfRound; version++)
            {
                await server.Client.WriteAsync("model-versions/create", new { name = "pcb", source = "s3://b/m" });
            }

            // In the instant after the acknowledgement: the message is on its way, in the queue, or not even there yet.
            server.Kill();
        }

        using var last = await StartAsync(backendStore);
        var told = new List<int>();
        while (told.Count == 0 || told[^1] < Rounds * VersionsOfRound)
        {
            told.Add(int.Parse((await receiver.NextAsync(TestContext.Current.CancellationToken)).Member("version")!, System.Globalization.CultureInfo.InvariantCulture));
        }

        // At least once, in order; only what a kill cut short may come twice.
        Assert.Equal(Enumerable.Range(1, Rounds * VersionsOfRound), told.Distinct());
        Assert.Equal(told.Order(), told);
        Assert.InRange(told.Count, Rounds * VersionsOfRound, (Rounds * VersionsOfRound) + Rounds);
    }

    private Task<DossierProcess> StartAsync(string backendStore) =>
        DossierProcess.StartAsync(backendStore, _folder.Combine("artifacts"), "--allow-private-webhooks");
}
