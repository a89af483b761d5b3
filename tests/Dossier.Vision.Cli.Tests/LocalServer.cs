using Dossier.Client;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Testing;

namespace Dossier.Vision.Cli.Tests;

/// <summary>A real server in this process, on a folder of its own.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DossierServer _server;

    private LocalServer(TemporaryFolder folder, DossierServer server)
    {
        (_folder, _server) = (folder, server);
        Client = new(new DossierClientOptions(Url));
    }

    public Uri Url => _server.Url;

    public DossierClient Client { get; }

    public static async Task<LocalServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        var options = new ServerOptions { Port = 0, BackendStore = $"sqlite:///{folder.Combine("dossier.db")}", ArtifactRoot = folder.Combine("artifacts") };
        return new(folder, await DossierServer.StartAsync(options, TestContext.Current.CancellationToken));
    }

    /// <summary>All runs of all experiments, the newest first.</summary>
    public async Task<IReadOnlyList<Run>> RunsAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var experiments = await Client.Experiments.SearchAsync(new(), cancel).Select(experiment => experiment.ExperimentId).ToListAsync(cancel);
        return await Client.Runs.SearchAsync(new() { ExperimentIds = experiments, OrderBy = ["attributes.start_time DESC"] }, cancel).ToListAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}
