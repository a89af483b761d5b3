using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>What a run logs: metrics, params, tags, inputs, outputs. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where runs are kept.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class RunLoggingService(ITrackingStore store, TimeProvider clock)
{
    /// <summary>Logs one point of a metric.</summary>
    public Task LogMetricAsync(LogMetric message, Caller caller, CancellationToken cancel)
    {
        var metric = new Metric
        {
            Key = KeyRules.Check(message.Key, "key"),
            Value = NumberRules.MetricValue(message.Value ?? throw ProtocolException.Missing("value")),
            Timestamp = NumberRules.Time(message.Timestamp, "timestamp"),
            Step = message.Step ?? 0,
            ModelId = message.ModelId,
            DatasetName = message.DatasetName,
            DatasetDigest = message.DatasetDigest,
        };
        return LogAsync(IdRules.EitherRun(message.RunId, message.RunUuid), [MetricRules.CheckMeasured(metric, "")], [], [], caller, cancel);
    }

    /// <summary>Logs one param.</summary>
    public Task LogParamAsync(LogParam message, Caller caller, CancellationToken cancel)
    {
        var param = new Param(KeyRules.Check(message.Key, "key"), TextRules.Present(message.Key!, message.Value, "value", Limits.ParamValue));
        return LogAsync(IdRules.EitherRun(message.RunId, message.RunUuid), [], [param], [], caller, cancel);
    }

    /// <summary>Sets one tag.</summary>
    public Task SetTagAsync(SetRunTag message, Caller caller, CancellationToken cancel)
    {
        var tag = new Tag(KeyRules.Check(message.Key, "key"), TextRules.Present(message.Key!, message.Value, "value", Limits.RunTagValue));
        return LogAsync(IdRules.EitherRun(message.RunId, message.RunUuid), [], [], [tag], caller, cancel);
    }

    /// <summary>Deletes one tag.</summary>
    public Task DeleteTagAsync(DeleteRunTag message, Caller caller, CancellationToken cancel) => store.DeleteRunTagAsync(
        IdRules.Run(message.RunId), TextRules.Required(message.Key, "key", Limits.Key), clock.ChangeBy(caller), cancel);

    /// <summary>Logs points, params and tags, all or nothing.</summary>
    public Task LogBatchAsync(LogBatch message, Caller caller, CancellationToken cancel)
    {
        var runId = IdRules.Run(message.RunId);
        BatchRules.CheckCounts(message);
        return LogAsync(
            runId,
            MetricRules.Check(message.Metrics),
            TagRules.Check(message.Params, Limits.BatchParams),
            TagRules.Check(message.Tags, Limits.BatchTags, Limits.RunTagValue),
            caller,
            cancel);
    }

    /// <summary>Adds dataset and model inputs.</summary>
    public Task LogInputsAsync(LogInputs message, Caller caller, CancellationToken cancel)
    {
        var runId = IdRules.Run(message.RunId);
        var models = ListRules.Each(
            ListRules.Bounded(message.Models, "models", Limits.ModelLinks),
            "models",
            (model, field) => new ModelInput(IdRules.LoggedModel(model.ModelId, $"{field}.model_id")));
        return store.LogInputsAsync(runId, DatasetRules.Check(message.Datasets), models, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Adds model outputs.</summary>
    public Task LogOutputsAsync(LogOutputs message, Caller caller, CancellationToken cancel)
    {
        var runId = IdRules.Run(message.RunId);
        var models = ListRules.Each(
            ListRules.Bounded(message.Models, "models", Limits.ModelLinks),
            "models",
            (model, field) => new ModelOutput(IdRules.LoggedModel(model.ModelId, $"{field}.model_id"), model.Step));
        return store.LogOutputsAsync(runId, models, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Adds an MLmodel to the run's history of logged models, as 2.x clients do.</summary>
    public Task LogModelAsync(LogModel message, Caller caller, CancellationToken cancel) =>
        store.LogModelAsync(IdRules.Run(message.RunId), ModelJsonRules.Check(message.ModelJson), clock.ChangeBy(caller), cancel);

    private Task LogAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags, Caller caller, CancellationToken cancel) =>
        store.LogBatchAsync(new CheckedBatch(runId, metrics, parameters, tags), clock.ChangeBy(caller), cancel);
}
