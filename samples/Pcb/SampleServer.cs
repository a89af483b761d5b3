using Dossier.Client;
using Dossier.Core.Access;
using Dossier.Server.Hosting;

namespace Dossier.Samples.Pcb;

/// <summary>A Dossier server in this process, on a folder of its own, and the people who sign in to it.</summary>
internal sealed class SampleServer : IAsyncDisposable
{
    /// <summary>Who trains.</summary>
    public const string Trainer = "ann@example.com";

    /// <summary>The group that decides what goes to production.</summary>
    public const string Quality = "quality";

    private const string Administrator = "admin@example.com";
    private const string Inspector = "ben@example.com";

    private readonly DossierServer _server;

    private SampleServer(DossierServer server, string trainerToken, string administratorToken)
    {
        _server = server;
        TrainerToken = trainerToken;
        Client = SignIn(trainerToken);
        AdministratorClient = SignIn(administratorToken);
    }

    /// <summary>A client that <see cref="Trainer"/> signed in with.</summary>
    public DossierClient Client { get; }

    /// <summary>What that client signed in with.</summary>
    public string TrainerToken { get; }

    /// <summary>Where it listens, without a slash at its end.</summary>
    public string Url => _server.Url.AbsoluteUri.TrimEnd('/');

    private DossierClient AdministratorClient { get; }

    /// <summary>Starts it.</summary>
    /// <param name="folder">Database and artifacts go here.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<SampleServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var options = new ServerOptions
        {
            Port = 0,
            BackendStore = $"sqlite:///{Path.Combine(folder, "dossier.db")}",
            ArtifactRoot = Path.Combine(folder, "artifacts"),
            RequireSignIn = true,
        };
        var (administrator, trainer) = await CreateFirstPeopleAsync(options, cancellationToken);
        var server = new SampleServer(await DossierServer.StartAsync(options, cancellationToken), trainer, administrator);
        await server.CreateQualityAsync(cancellationToken);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        AdministratorClient.Dispose();
        await _server.DisposeAsync();
    }

    // A server that asks callers to sign in needs an administrator first: 'dossier admin create' makes one in the same way.
    private static async Task<(string Administrator, string Trainer)> CreateFirstPeopleAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        await using var record = await DossierRecord.OpenAsync(options, cancellationToken);
        var administrators = record.Domain.Administrators;
        return (await CreateAsync(Administrator, "Administrator", isAdministrator: true), await CreateAsync(Trainer, "Ann", isAdministrator: false));

        async Task<string> CreateAsync(string name, string displayName, bool isAdministrator)
        {
            var user = await administrators.AddAsync(
                new() { Kind = PrincipalKind.User, Name = name, DisplayName = displayName }, isAdministrator, cancellationToken);
            return await administrators.CreateTokenAsync(user, "Of the sample", cancellationToken);
        }
    }

    private async Task CreateQualityAsync(CancellationToken cancellationToken)
    {
        var inspector = await AdministratorClient.Users.CreateAsync(new() { UserName = Inspector, DisplayName = "Ben" }, cancellationToken);
        var group = await AdministratorClient.Groups.CreateAsync(new() { DisplayName = Quality }, cancellationToken);
        await AdministratorClient.Groups.AddMembersAsync(group.Id!, [inspector.Id!], cancellationToken);
    }

    private DossierClient SignIn(string token) => new(new DossierClientOptions(_server.Url) { Credentials = Credentials.Bearer(token) });
}
