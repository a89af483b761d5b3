using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Tracking;
using Dossier.Protocol;

namespace Dossier.Storage.Tests.Support;

/// <summary>What the tests of experiments and runs share: short words for what a user does.</summary>
public abstract class TrackingTests(StoreFixture fixture)
{
    protected const string Root = "mlflow-artifacts:/";
    protected const long Now = 1_700_000_000_000;
    protected static readonly Change Ann = new("ann", Now);

    protected DossierStore Store => fixture.Store;

    protected ITrackingStore Tracking => fixture.Store.Tracking;

    protected static string NewId() => Guid.NewGuid().ToString("N");

    protected static Metric Point(string key, double value, long step = 0, long timestamp = Now) =>
        new() { Key = key, Value = value, Step = step, Timestamp = timestamp };

    protected static SearchQuery Query(int maxResults = 100, IReadOnlyList<Clause>? where = null, IReadOnlyList<OrderColumn>? order = null, string? token = null) =>
        new(where ?? [], order ?? [], maxResults, token);

    protected Task<string> NewExperimentAsync(string? name = null) =>
        Tracking.CreateExperimentAsync(new CreateExperiment { Name = name ?? NewId() }, Root, Ann, default);

    protected async Task<string> NewRunAsync(string experimentId, string? runId = null, string name = "run", long start = Now, params Tag[] tags)
    {
        var id = runId ?? NewId();
        await Tracking.CreateRunAsync(new NewRun(id, experimentId, name, "ann", start, [new Tag("mlflow.runName", name), .. tags]), Ann, default);
        return id;
    }

    protected async Task<string> NewRunAsync() => await NewRunAsync(await NewExperimentAsync());

    protected Task LogAsync(string runId, Metric[]? metrics = null, Param[]? parameters = null, Tag[]? tags = null) =>
        Tracking.LogBatchAsync(new CheckedBatch(runId, metrics ?? [], parameters ?? [], tags ?? []), Ann, default);

    protected async Task<Run> RunAsync(string runId) =>
        await Tracking.GetRunAsync(runId, default) ?? throw new InvalidOperationException($"no run {runId}");

    protected async Task<string[]> SearchAsync(string experimentId, SearchQuery query, ViewType view = ViewType.ActiveOnly) =>
        [.. (await Tracking.SearchRunsAsync([experimentId], query, view, ReadScope.Everything, default)).Items.Select(run => run.Info.RunName!)];

    protected static async Task<ProtocolException> RefusedAsync(string errorCode, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<ProtocolException>(act);
        Assert.Equal(errorCode, refused.ErrorCode);
        return refused;
    }

    internal Task<List<EventRow>> EventsAsync(string objectId) => EventRow.OfAsync(Store.Database, objectId);
}
