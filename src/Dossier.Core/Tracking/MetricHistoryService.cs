using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>Histories of metrics. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where runs are kept.</param>
public sealed class MetricHistoryService(ITrackingStore store)
{
    private const int DefaultSampled = 320;

    /// <summary>The points of one metric of a run (either id will do), ordered by timestamp, step, value; all of them when no page length is given.</summary>
    public Task<Page<Metric>> GetAsync(
        string? runId, string? runUuid, string? metricKey, long? maxResults, string? pageToken, CancellationToken cancel) =>
        store.GetMetricHistoryAsync(
            IdRules.EitherRun(runId, runUuid),
            Key(metricKey),
            maxResults is null ? null : NumberRules.MaxResults(maxResults, Limits.HistoryPage, Limits.HistoryPage),
            PageTokenRules.Check(pageToken),
            cancel);

    /// <summary>The points of one metric of up to 100 runs; at most 25,000 in all.</summary>
    public Task<IReadOnlyList<Metric>> GetBulkAsync(
        IReadOnlyList<string>? runIds, string? metricKey, long? maxResults, CancellationToken cancel) =>
        store.GetMetricHistoryBulkAsync(
            RunIds(runIds, "run_id"), Key(metricKey), NumberRules.MaxResults(maxResults, Limits.HistoryPage, Limits.HistoryPage), cancel);

    /// <summary>Sampled points of one metric of up to 100 runs, between both steps if they are given.</summary>
    /// <param name="runIds">The runs.</param>
    /// <param name="metricKey">The metric.</param>
    /// <param name="startStep">The first step wanted; both bounds or none.</param>
    /// <param name="endStep">The last step wanted.</param>
    /// <param name="maxResults">How many steps of a run are wanted at most, 1 to 2,500; default 320.</param>
    /// <param name="cancel">Stops the query.</param>
    public Task<IReadOnlyList<Metric>> GetSampledAsync(
        IReadOnlyList<string>? runIds, string? metricKey, long? startStep, long? endStep, long? maxResults, CancellationToken cancel)
    {
        if (startStep is null != endStep is null)
        {
            throw ProtocolException.Invalid("If either start_step or end_step is specified, both must be specified.");
        }

        if (startStep > endStep)
        {
            throw ProtocolException.Invalid($"end_step must not be less than start_step, got start_step={startStep} and end_step={endStep}.");
        }

        return store.GetMetricHistorySampledAsync(
            RunIds(runIds, "run_ids"),
            Key(metricKey),
            startStep,
            endStep,
            NumberRules.MaxResults(maxResults, DefaultSampled, Limits.SampledHistory),
            cancel);
    }

    private static string Key(string? metricKey) => TextRules.Required(metricKey, "metric_key", Limits.Key);

    private static IReadOnlyList<string> RunIds(IReadOnlyList<string>? ids, string parameter)
    {
        var checkedIds = ListRules.Each(ListRules.Bounded(ids, parameter, Limits.RunsOfHistory), parameter, IdRules.Run);
        return checkedIds.Count == 0 ? throw ProtocolException.Missing(parameter) : [.. checkedIds.Distinct(StringComparer.Ordinal)];
    }
}
