using Dossier.Server.Hosting;

namespace Dossier.Client.Tests.RealServer;

/// <summary>A Dossier server in this process, on a temporary SQLite file and artifact folder, and a client of it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dossier-client-server-").FullName;
    private DossierServer? server;
    private DossierClient? client;

    public DossierClient Client => client!;

    public Uri Url => server!.Url;

    /// <summary>A folder for the tests' own files.</summary>
    public string Files { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        server = await DossierServer.StartAsync(new()
        {
            Port = 0,
            BackendStore = "sqlite:///" + Path.Combine(folder, "dossier.db"),
            ArtifactRoot = Path.Combine(folder, "artifacts"),
        });
        client = new(new(server.Url) { MaxRetries = 1 });
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
