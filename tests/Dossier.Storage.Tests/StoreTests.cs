using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Storage.Tests;

/// <summary>Opens the stores on an empty database before each test. A suite derives one class for each backend.</summary>
public abstract class StoreTests(Backend backend) : IAsyncLifetime
{
    private TestDatabase? _database;

    /// <summary>The stores under test.</summary>
    protected DossierStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(backend);
        Store = await DossierStore.OpenAsync(_database.Uri, "mlflow-artifacts:/", TimeProvider.System, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _database!.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A change by Ada at this time.</summary>
    protected static Change At(long time) => new("ada", time);

    /// <summary>A query as the services make them.</summary>
    protected static SearchQuery Query(
        IReadOnlyList<Clause>? filter = null, IReadOnlyList<OrderColumn>? order = null, int maxResults = 100, string? pageToken = null) =>
        new(filter ?? [], order ?? [], maxResults, pageToken);

    /// <summary>The events of one object, oldest first: <c>action|principal|detail</c>.</summary>
    protected Task<List<string>> EventsOfAsync(string objectId) =>
        _database!.RowsAsync($"SELECT action, principal, detail FROM events WHERE object_id = '{objectId}' ORDER BY id");

    /// <summary>The message of the refusal.</summary>
    protected static async Task<string> RefusedAsync(string errorCode, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<ProtocolException>(call);
        Assert.Equal(errorCode, error.ErrorCode);
        return error.Message;
    }
}
