using Dossier.Cli.Demo;
using Dossier.Client;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Storage;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

/// <summary>A server with the seed's experiment, run, model, directory, people and grants, imported under the ids that they have in the seed.</summary>
internal sealed class SeedServer : IAsyncDisposable
{
    /// <summary>The experiment's id.</summary>
    public const string ExperimentId = "3428923814239786";

    private const string ModelId = "b4e61c7c063440149cd2439490075737";
    private const string HomeId = "767933989557963";

    // Who imports is granted nothing for it.
    private static readonly Caller Importer = new() { Id = 0, Name = "importer", Kind = PrincipalKind.User, PrincipalIds = [BuiltIn.AdminsId] };

    private readonly TemporaryFolder _folder = new();
    private DossierServer? _server;
    private DemoIdentities? _identities;

    /// <summary>Imports, starts the server and makes the grants.</summary>
    /// <param name="onPostgres">Whether the database is one of PostgreSQL; SQLite otherwise.</param>
    /// <param name="others">Names of further users.</param>
    public static async Task<SeedServer> StartAsync(bool onPostgres, params string[] others)
    {
        var seed = new SeedServer();
        var cancel = TestContext.Current.CancellationToken;
        var database = onPostgres ? (await (await PostgresServer.GetAsync()).CreateDatabaseAsync(cancel)).Uri : $"sqlite:///{seed._folder.Combine("dossier.db")}";
        var record = DemoRecord.Load();
        await using (var store = await DossierStore.OpenAsync(database, "mlflow-artifacts:/", TimeProvider.System, cancel))
        {
            await store.Access.MakeFolderAsync(FolderPath.Home(record.UserName), HomeId, Importer, 1, cancel);
            foreach (var name in others)
            {
                await store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = name }, new Change(Importer.Name, 1), cancel);
            }
        }

        seed._identities = await DemoIdentities.CreateAsync(new() { BackendStore = database }, record, cancel);
        await using (var store = await DossierStore.OpenAsync(database, "mlflow-artifacts:/", TimeProvider.System, cancel))
        {
            await ImportAsync(store, record, cancel);
        }

        seed._server = await DossierServer.StartAsync(
            new() { Port = 0, BackendStore = database, ArtifactRoot = seed._folder.Combine("artifacts"), RequireSignIn = true }, cancel);
        using var administrator = new DossierClient(new(seed._server.Url) { Credentials = Credentials.Bearer(seed._identities.AdministratorToken) });
        await DemoGrants.MakeAsync(administrator, record, (_, _) => { }, cancel);
        return seed;
    }

    /// <summary>Runs a command against the server, signed in as the one who made the record.</summary>
    public Task<Ended> RunAsync(params string[] arguments) =>
        Cli.RunAsync([("MLFLOW_TRACKING_URI", _server!.Url.AbsoluteUri), ("MLFLOW_TRACKING_TOKEN", _identities!.UserToken)], arguments);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static async Task ImportAsync(DossierStore store, DemoRecord record, CancellationToken cancel)
    {
        var user = (await store.Identity.FindAsync(PrincipalKind.User, record.UserName, cancel))!;
        var change = new Change(user.Name, 1, user.Id);
        var source = $"mlflow-artifacts:/{ExperimentId}/{record.RunId}/artifacts/{record.ModelFolder}";
        await store.Tracking.CreateExperimentAsync(
            new CreateExperiment { Name = record.ExperimentName, ExperimentId = ExperimentId }, "mlflow-artifacts:/", change, cancel);
        await store.Tracking.CreateRunAsync(
            new(record.RunId, ExperimentId, record.RunName, user.Name, record.StartTime, [new Tag("mlflow.runName", record.RunName)]), change, cancel);
        await store.Registry.CreateModelAsync(new CreateRegisteredModel { Name = record.ModelName, Id = ModelId }, change, cancel);
        await store.Registry.CreateVersionAsync(
            new CreateModelVersion { Name = record.ModelName, Source = source, RunId = record.RunId }, source, change, cancel);
    }
}
