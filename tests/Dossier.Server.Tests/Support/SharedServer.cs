namespace Dossier.Server.Tests.Support;

/// <summary>One server for all tests of a class that leave nothing another of them would trip over.</summary>
public class SharedServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    protected virtual Database Database => Database.Sqlite;

    protected virtual bool RequireSignIn => false;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(Database, RequireSignIn);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class SharedPostgresServer : SharedServer
{
    protected override Database Database => Database.Postgres;
}
