using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>Histories of metrics. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where runs are kept.</param>
public sealed class MetricHistoryService(ITrackingStore store)
{
    private const int DefaultSampled = 320;

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetMetricHistory> MayGet { get; } =
        Guards.On<GetMetricHistory>(PermissionLevel.CanRead, ObjectKinds.Run, static m => m.RunId);

    /// <summary>The points of one metric of a run, ordered by timestamp, step, value; all of them when no page length is given.</summary>
    public Task<Page<Metric>> GetAsync(Granted<GetMetricHistory> request, CancellationToken cancellationToken) =>
        store.GetMetricHistoryAsync(
            request.Message.RunId!,
            Key(request.Message.MetricKey),
            request.Message.MaxResults is null ? null : NumberRules.MaxResults(request.Message.MaxResults, Limits.HistoryPage, Limits.HistoryPage),
            PageTokenRules.Check(request.Message.PageToken),
            cancellationToken);

    /// <summary>The guard of <see cref="GetBulkAsync"/>.</summary>
    public static Guard<GetMetricHistoryBulk> MayGetBulk { get; } =
        Guards.OnEach<GetMetricHistoryBulk>(PermissionLevel.CanRead, ObjectKinds.Run, static m => Runs(m.RunIds, "run_id"));

    /// <summary>The points of one metric of up to 100 runs; at most 25,000 in all.</summary>
    public Task<IReadOnlyList<Metric>> GetBulkAsync(Granted<GetMetricHistoryBulk> request, CancellationToken cancellationToken) =>
        store.GetMetricHistoryBulkAsync(
            RunIds(request.Message.RunIds, "run_id"),
            Key(request.Message.MetricKey),
            NumberRules.MaxResults(request.Message.MaxResults, Limits.HistoryPage, Limits.HistoryPage),
            cancellationToken);

    /// <summary>The guard of <see cref="GetSampledAsync"/>.</summary>
    public static Guard<SampleMetricHistory> MayGetSampled { get; } =
        Guards.OnEach<SampleMetricHistory>(PermissionLevel.CanRead, ObjectKinds.Run, static m => Runs(m.RunIds, "run_ids"));

    /// <summary>Sampled points of one metric of up to 100 runs, between both steps if they are given.</summary>
    public Task<IReadOnlyList<Metric>> GetSampledAsync(Granted<SampleMetricHistory> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        if (message.StartStep is null != message.EndStep is null)
        {
            throw ProtocolException.Invalid("If either start_step or end_step is specified, both must be specified.");
        }

        if (message.StartStep > message.EndStep)
        {
            throw ProtocolException.Invalid($"end_step must not be less than start_step, got start_step={message.StartStep} and end_step={message.EndStep}.");
        }

        return store.GetMetricHistorySampledAsync(
            RunIds(message.RunIds, "run_ids"),
            Key(message.MetricKey),
            message.StartStep,
            message.EndStep,
            NumberRules.MaxResults(message.MaxResults, DefaultSampled, Limits.SampledHistory),
            cancellationToken);
    }

    private static IReadOnlyList<AccessObject> Runs(IReadOnlyList<string>? ids, string parameter) =>
        [.. ListRules.Bounded(ids, parameter, Limits.RunsOfHistory).Distinct(StringComparer.Ordinal).Select(id => ObjectKinds.Run.Named(id, parameter))];

    private static string Key(string? metricKey) => TextRules.Required(metricKey, "metric_key", Limits.Key);

    private static IReadOnlyList<string> RunIds(IReadOnlyList<string>? ids, string parameter) =>
        ids is null or { Count: 0 } ? throw ProtocolException.Missing(parameter) : [.. ids.Distinct(StringComparer.Ordinal)];
}
