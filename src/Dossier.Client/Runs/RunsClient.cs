using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about runs: their life, search and metric histories here, logging in <c>RunsClient.Logging.cs</c>.
/// Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed partial class RunsClient
{
    private const int HistoryPageSize = 25_000;

    // The reference server has this one for its own pages only.
    private const string HistoryBulkRoute = "ajax-api/2.0/mlflow/metrics/get-history-bulk";

    private readonly Api _api;

    internal RunsClient(Api api) => _api = api;

    /// <summary>Creates a run in state <c>RUNNING</c>.</summary>
    public async Task<Run> CreateAsync(CreateRun run, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateRun, RunAnswer>(HttpMethod.Post, "runs/create", run, Repeat.OnlyIfNothingHappened, cancellationToken)).Run;

    /// <summary>A run with its params, latest metric values, tags, inputs and outputs.</summary>
    public async Task<Run> GetAsync(string runId, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<RunAnswer>("runs/get", new Query().Add("run_id", runId).Add("run_uuid", runId), cancellationToken)).Run;

    /// <summary>Changes state, end time or name; what is null stays.</summary>
    public async Task<RunInfo> UpdateAsync(UpdateRun update, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<UpdateRun, RunInfoAnswer>(HttpMethod.Post, "runs/update", update, Repeat.Safe, cancellationToken)).RunInfo;

    /// <summary>Deletes a run; it can be restored.</summary>
    public Task DeleteAsync(string runId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/delete", new RunRef(runId), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Brings a deleted run back.</summary>
    public Task RestoreAsync(string runId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/restore", new RunRef(runId), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>One page of the runs that match.</summary>
    public Task<RunsPage> SearchPageAsync(SearchRuns search, CancellationToken cancellationToken = default) =>
        _api.SendAsync<SearchRuns, RunsPage>(HttpMethod.Post, "runs/search", search, Repeat.Safe, cancellationToken);

    /// <summary>All runs that match; <see cref="SearchRuns.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<Run> SearchAsync(SearchRuns search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await SearchPageAsync(search with { PageToken = token, MaxResults = search.MaxResults ?? 1000 }, stop);
                return (page.Runs, page.NextPageToken);
            },
            search.PageToken,
            cancellationToken);
    }

    /// <summary>All points of a metric, ordered by timestamp, step and value, page by page.</summary>
    public IAsyncEnumerable<Metric> GetMetricHistoryAsync(string runId, string metricKey, CancellationToken cancellationToken = default) =>
        Paging.AllAsync(
            async (token, stop) =>
            {
                var query = new Query().Add("run_id", runId).Add("run_uuid", runId).Add("metric_key", metricKey)
                    .Add("max_results", HistoryPageSize).Add("page_token", token);
                var page = await _api.GetAsync<MetricsPage>("metrics/get-history", query, stop);
                return (page.Metrics, page.NextPageToken);
            },
            null,
            cancellationToken);

    /// <summary>The points of one metric in several runs, each with its <see cref="Metric.RunId"/>.</summary>
    /// <param name="runIds">Up to 100 runs.</param>
    /// <param name="metricKey">The metric.</param>
    /// <param name="maxResults">At most this many points, up to 25,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(
        IReadOnlyList<string> runIds, string metricKey, int? maxResults = null, CancellationToken cancellationToken = default) =>
        (await _api.AskAsync<MetricsPage>(
            _ => _api.Request(
                HttpMethod.Get,
                HistoryBulkRoute + new Query().Add("run_id", runIds).Add("metric_key", metricKey).Add("max_results", maxResults)),
            Repeat.Safe,
            cancellationToken)).Metrics ?? [];

    /// <summary>A sample of the points of one metric in several runs, evenly spread over the steps, for drawing.</summary>
    /// <param name="runIds">Up to 100 runs.</param>
    /// <param name="metricKey">The metric.</param>
    /// <param name="maxResults">About this many points for each run, up to 2,500.</param>
    /// <param name="startStep">The first step; null with <paramref name="endStep"/> null: all.</param>
    /// <param name="endStep">The last step, included.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Metric>> GetMetricHistoryBulkIntervalAsync(
        IReadOnlyList<string> runIds,
        string metricKey,
        int? maxResults = null,
        long? startStep = null,
        long? endStep = null,
        CancellationToken cancellationToken = default)
    {
        var query = new Query().Add("run_ids", runIds).Add("metric_key", metricKey).Add("max_results", maxResults)
            .Add("start_step", startStep).Add("end_step", endStep);
        return (await _api.GetAsync<MetricsPage>("metrics/get-history-bulk-interval", query, cancellationToken)).Metrics ?? [];
    }
}
