using Dossier.Server.Hosting;
using Dossier.Testing;

namespace Dossier.Client.Tests.RealServer;

/// <summary>A Dossier server in this process, on a temporary SQLite file and artifact folder, and a client of it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private DossierServer? _server;
    private DossierClient? _client;

    public DossierClient Client => _client!;

    public Uri Url => _server!.Url;

    /// <summary>A folder for the tests' own files.</summary>
    public string Files { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Files = Directory.CreateDirectory(_folder.Combine("files")).FullName;
        _server = await DossierServer.StartAsync(new()
        {
            Port = 0,
            BackendStore = "sqlite:///" + _folder.Combine("dossier.db"),
            ArtifactRoot = _folder.Combine("artifacts"),
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

        _folder.Dispose();
    }
}
