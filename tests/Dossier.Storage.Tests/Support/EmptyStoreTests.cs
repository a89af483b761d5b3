using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Review;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Storage.Tests.Support;

/// <summary>What the tests of registry and logged models share. Each test has an empty database of its own: their searches look everywhere.</summary>
public abstract class EmptyStoreTests(StoreFixture fixture) : IAsyncLifetime
{
    protected DossierStore Store => fixture.Store;

    protected string Uri => fixture.Uri;

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return fixture.DisposeAsync();
    }

    /// <summary>A change by Ada at this time.</summary>
    protected static Change At(long time) => new("ada", time);

    /// <summary>Somebody with this level on the model that is reviewed.</summary>
    protected static Reviewer Reviewer(string name, PermissionLevel level) =>
        new(new() { Id = 100, Name = name, Kind = PrincipalKind.User, PrincipalIds = [BuiltIn.UsersId, 100] }, level);

    /// <summary>Moves a version as somebody who may.</summary>
    protected Task<ModelVersion> MoveAsync(string name, int version, string stage, bool archiveExisting, Change change) =>
        Store.Review.TransitionAsync(new(name, version, stage, archiveExisting, null), Reviewer("ada", PermissionLevel.CanManage), change, default);

    /// <summary>A message of somebody who may everything, as services take it.</summary>
    protected async Task<Granted<T>> PassAsync<T>(Guard<T> guard, T message, Caller? caller = null)
        where T : class => await guard.PassAsync(new AccessService(Store.Access), caller ?? Caller.Local, message, default);

    /// <summary>A query as the services make them.</summary>
    protected static SearchQuery Query(
        IReadOnlyList<Clause>? filter = null, IReadOnlyList<OrderColumn>? order = null, int maxResults = 100, string? pageToken = null) =>
        new(filter ?? [], order ?? [], maxResults, pageToken);

    /// <summary>The events of one object, oldest first: <c>action|principal|detail</c>.</summary>
    protected async Task<List<string>> EventsOfAsync(string objectId) =>
        [.. (await EventRow.OfAsync(Store.Database, objectId)).Select(row => $"{row.Action}|{row.Principal}|{row.Detail.GetRawText()}")];

    /// <summary>The message of the refusal.</summary>
    protected static async Task<string> RefusedAsync(string errorCode, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<ProtocolException>(call);
        Assert.Equal(errorCode, error.ErrorCode);
        return error.Message;
    }
}
