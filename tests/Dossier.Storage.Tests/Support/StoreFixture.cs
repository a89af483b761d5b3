using Dossier.Testing;

namespace Dossier.Storage.Tests.Support;

/// <summary>A database of its own for each test class; each test makes experiments of its own in it.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    private DossierStore? _store;

    public string Uri { get; private set; } = "";

    public DossierStore Store => _store ?? throw new InvalidOperationException("The fixture was not initialised.");

    public async ValueTask InitializeAsync()
    {
        Uri = await NewUriAsync();
        _store = await DossierStore.OpenAsync(Uri, "mlflow-artifacts:/", TimeProvider.System, default);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<string> NewUriAsync();
}

/// <summary>SQLite in a temporary folder.</summary>
public sealed class SqliteFixture : StoreFixture
{
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override Task<string> NewUriAsync() => Task.FromResult($"sqlite:///{_folder.Combine("record.db")}");
}

/// <summary>A database on the tests' own PostgreSQL server.</summary>
public sealed class PostgresFixture : StoreFixture
{
    protected override async Task<string> NewUriAsync() => (await (await PostgresServer.GetAsync()).CreateDatabaseAsync()).Uri;
}
