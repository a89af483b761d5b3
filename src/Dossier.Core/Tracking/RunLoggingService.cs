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
    /// <summary>The guard of <see cref="LogMetricAsync"/>.</summary>
    public static Guard<LogMetric> MayLogMetric { get; } =
        Guards.On<LogMetric>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId)
        .AndIfNamed(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Logs one point of a metric.</summary>
    public Task LogMetricAsync(Granted<LogMetric> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
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
        return LogAsync(message.RunId!, [MetricRules.CheckMeasured(metric, "")], [], [], caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="LogParamAsync"/>.</summary>
    public static Guard<LogParam> MayLogParam { get; } = Guards.On<LogParam>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId);

    /// <summary>Logs one param.</summary>
    public Task LogParamAsync(Granted<LogParam> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var param = new Param(KeyRules.Check(message.Key, "key"), TextRules.Present(message.Key!, message.Value, "value", Limits.ParamValue));
        return LogAsync(message.RunId!, [], [param], [], caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="SetTagAsync"/>.</summary>
    public static Guard<SetRunTag> MaySetTag { get; } = Guards.On<SetRunTag>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId);

    /// <summary>Sets one tag.</summary>
    public Task SetTagAsync(Granted<SetRunTag> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var tag = new Tag(KeyRules.Check(message.Key, "key"), TextRules.Present(message.Key!, message.Value, "value", Limits.RunTagValue));
        return LogAsync(message.RunId!, [], [], [tag], caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteTagAsync"/>.</summary>
    public static Guard<DeleteRunTag> MayDeleteTag { get; } =
        Guards.On<DeleteRunTag>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId);

    /// <summary>Deletes one tag.</summary>
    public Task DeleteTagAsync(Granted<DeleteRunTag> request, CancellationToken cancellationToken) => store.DeleteRunTagAsync(
        request.Message.RunId!, TextRules.Required(request.Message.Key, "key", Limits.Key), clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="LogBatchAsync"/>.</summary>
    public static Guard<LogBatch> MayLogBatch { get; } = Guards.On<LogBatch>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId)
        .AndEach(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => Measured(m.Metrics));

    /// <summary>Logs points, params and tags, all or nothing.</summary>
    public Task LogBatchAsync(Granted<LogBatch> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        BatchRules.CheckCounts(message);
        return LogAsync(
            message.RunId!,
            MetricRules.Check(message.Metrics),
            TagRules.Check(message.Params, Limits.BatchParams),
            TagRules.Check(message.Tags, Limits.BatchTags, Limits.RunTagValue),
            caller,
            cancellationToken);
    }

    /// <summary>The guard of <see cref="LogInputsAsync"/>.</summary>
    public static Guard<LogInputs> MayLogInputs { get; } =
        Guards.On<LogInputs>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId)
        .AndEach(PermissionLevel.CanRead, ObjectKinds.LoggedModel, static m => LoggedModels(m.Models, "models", static model => model.ModelId));

    /// <summary>Adds dataset and model inputs.</summary>
    public Task LogInputsAsync(Granted<LogInputs> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var models = ListRules.Each(
            ListRules.Bounded(message.Models, "models", Limits.ModelLinks),
            "models",
            (model, field) => new ModelInput(IdRules.LoggedModel(model.ModelId, $"{field}.model_id")));
        return store.LogInputsAsync(message.RunId!, DatasetRules.Check(message.Datasets), models, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="LogOutputsAsync"/>.</summary>
    public static Guard<LogOutputs> MayLogOutputs { get; } =
        Guards.On<LogOutputs>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId)
        .AndEach(PermissionLevel.CanRead, ObjectKinds.LoggedModel, static m => LoggedModels(m.Models, "models", static model => model.ModelId));

    /// <summary>Adds model outputs.</summary>
    public Task LogOutputsAsync(Granted<LogOutputs> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var models = ListRules.Each(
            ListRules.Bounded(message.Models, "models", Limits.ModelLinks),
            "models",
            (model, field) => new ModelOutput(IdRules.LoggedModel(model.ModelId, $"{field}.model_id"), model.Step));
        return store.LogOutputsAsync(message.RunId!, models, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="LogModelAsync"/>.</summary>
    public static Guard<LogModel> MayLogModel { get; } = Guards.On<LogModel>(PermissionLevel.CanEdit, ObjectKinds.Run, static m => m.RunId);

    /// <summary>Adds an MLmodel to the run's history of logged models, as 2.x clients do.</summary>
    public Task LogModelAsync(Granted<LogModel> request, CancellationToken cancellationToken) =>
        store.LogModelAsync(request.Message.RunId!, ModelJsonRules.Check(request.Message.ModelJson), clock.ChangeBy(request.Caller), cancellationToken);

    // The logged models that a list of a request names, each once.
    private static IReadOnlyList<AccessObject> LoggedModels<T>(IReadOnlyList<T>? items, string parameter, Func<T, string?> id) =>
        [.. ListRules.Each(ListRules.Bounded(items, parameter, Limits.ModelLinks), parameter, (item, field) => ObjectKinds.LoggedModel.Named(id(item), $"{field}.model_id")).Distinct()];

    // A point that names a logged model is written to that model too.
    private static IReadOnlyList<AccessObject> Measured(IReadOnlyList<Metric>? metrics)
    {
        if (metrics is null || metrics.All(static point => string.IsNullOrEmpty(point?.ModelId)))
        {
            return [];
        }

        var models = metrics.Select(static point => point?.ModelId).Where(static id => !string.IsNullOrEmpty(id)).Distinct(StringComparer.Ordinal).Take(Limits.ModelLinks + 1);
        return [.. ListRules.Bounded([.. models], "models", Limits.ModelLinks).Select(static id => ObjectKinds.LoggedModel.Named(id, "model_id"))];
    }

    private Task LogAsync(
        string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags, Caller caller, CancellationToken cancellationToken) =>
        store.LogBatchAsync(new CheckedBatch(runId, metrics, parameters, tags), clock.ChangeBy(caller), cancellationToken);
}
