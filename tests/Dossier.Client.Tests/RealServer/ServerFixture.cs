using Dossier.Server.Hosting;

namespace Dossier.Client.Tests.RealServer;

/// <summary>A Dossier server in this process, on a temporary SQLite file and artifact folder, and a client of it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dossier-client-server-").FullName;
    private DossierServer? _server;
    private DossierClient? _client;

    public DossierClient Client => _client!;

    public Uri Url => _server!.Url;

    /// <summary>A folder for the tests' own files.</summary>
    public string Files { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Files = Directory.CreateDirectory(Path.Combine(_folder, "files")).FullName;
        _server = await DossierServer.StartAsync(new()
        {
            Port = 0,
            BackendStore = "sqlite:///" + Path.Combine(_folder, "dossier.db"),
            ArtifactRoot = Path.Combine(_folder, "artifacts"),
        });
        _client = new(new(_server.Url) { MaxRetries = 1 });
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
