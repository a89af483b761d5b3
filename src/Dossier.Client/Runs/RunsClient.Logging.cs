using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Writing to a run, one call a request. ActiveRun batches these in the background.</summary>
public sealed partial class RunsClient
{
    /// <summary>Logs one point of a metric. Repeated after a lost connection: the same point twice is one point, or harmless on other servers.</summary>
    public Task LogMetricAsync(string runId, Metric metric, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var message = new LogMetric
        {
            RunId = runId,
            RunUuid = runId,
            Key = metric.Key,
            Value = metric.Value,
            Timestamp = metric.Timestamp,
            Step = metric.Step,
            ModelId = metric.ModelId,
            DatasetName = metric.DatasetName,
            DatasetDigest = metric.DatasetDigest,
        };
        return _api.SendAsync(HttpMethod.Post, "runs/log-metric", message, Repeat.Safe, cancellationToken);
    }

    /// <summary>Logs a param; the same value again is fine.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: it has another value already.</exception>
    public Task LogParamAsync(string runId, string key, string value, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/log-parameter", new LogParam(runId, runId, key, value), Repeat.Safe, cancellationToken);

    /// <summary>Logs up to 1,000 metrics, 100 params and 100 tags, all or nothing.</summary>
    public Task LogBatchAsync(LogBatch batch, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/log-batch", batch, Repeat.Safe, cancellationToken);

    /// <summary>Sets a tag, over an earlier value.</summary>
    public Task SetTagAsync(string runId, string key, string value, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/set-tag", new SetRunTag(runId, runId, key, value), Repeat.Safe, cancellationToken);

    /// <summary>Deletes a tag.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>: the run has no such tag.</exception>
    public Task DeleteTagAsync(string runId, string key, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/delete-tag", new DeleteRunTag(runId, key), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Says what went into a run: datasets, each with its tags, and logged models. The same input twice is one input.</summary>
    public Task LogInputsAsync(LogInputs inputs, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/log-inputs", inputs, Repeat.Safe, cancellationToken);

    /// <summary>Says which logged models came out of a run (servers of protocol 3.x).</summary>
    public Task LogOutputsAsync(LogOutputs outputs, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/outputs", outputs, Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Appends a model to the run's tag <c>mlflow.log-model.history</c>.</summary>
    /// <param name="model">The run and the MLmodel as JSON text, with <c>artifact_path</c>, <c>flavors</c>, <c>run_id</c> and <c>utc_time_created</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task LogModelAsync(LogModel model, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "runs/log-model", model, Repeat.OnlyIfNothingHappened, cancellationToken);
}
