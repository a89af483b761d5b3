using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>
/// The port to the store of experiments and runs. Its callers have checked the form of every input (keys, lengths, ids);
/// the store checks what needs the record: that the object exists, is active, and that a name is free.
/// Each write is one transaction with its event row, durable when the task completes.
/// </summary>
/// <remarks>All writes throw <see cref="ProtocolException"/>: <c>RESOURCE_DOES_NOT_EXIST</c> for an unknown experiment or run,
/// <c>INVALID_PARAMETER_VALUE</c> for one that is not in the 'active' state, <c>RESOURCE_ALREADY_EXISTS</c> for a taken name or id.</remarks>
public interface ITrackingStore
{
    /// <summary>
    /// Creates an experiment and returns its public id. An absent artifact location becomes <paramref name="artifactRoot"/><c>/ID</c>.
    /// </summary>
    Task<string> CreateExperimentAsync(CreateExperiment experiment, string artifactRoot, Change change, CancellationToken cancel);

    /// <summary>The experiment, deleted or not; null if it does not exist.</summary>
    Task<Experiment?> GetExperimentAsync(string experimentId, CancellationToken cancel);

    /// <summary>The experiment of this name, deleted or not; null if it does not exist.</summary>
    Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancel);

    /// <summary>
    /// Renames an active experiment; <c>RESOURCE_CONFLICT</c> if it no longer has the name that the caller was judged by (null: any will
    /// do).
    /// </summary>
    Task RenameExperimentAsync(string experimentId, string? judgedName, string newName, Change change, CancellationToken cancel);

    /// <summary>Deletes an active experiment with its active runs, or restores a deleted one with the runs deleted with it;
    /// "No Experiment with id=X exists" if it is not in the other state.</summary>
    Task SetExperimentDeletedAsync(string experimentId, bool deleted, Change change, CancellationToken cancel);

    /// <summary>Sets (value) or deletes (null) a tag of an active experiment.</summary>
    Task SetExperimentTagAsync(string experimentId, string key, string? value, Change change, CancellationToken cancel);

    /// <summary>Searches experiments. Default order: newest creation first, then the internal key, newest first.</summary>
    Task<Page<Experiment>> SearchExperimentsAsync(SearchQuery query, ViewType view, ReadScope scope, CancellationToken cancel);

    /// <summary>The datasets that runs of these experiments used, at most 1,000, with the context of each use.</summary>
    Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, ReadScope scope, CancellationToken cancel);

    /// <summary>
    /// Creates a run in an active experiment. The caller has set name, start time, the tags (with <c>mlflow.runName</c>) and a fresh id.
    /// </summary>
    Task<Run> CreateRunAsync(NewRun run, Change change, CancellationToken cancel);

    /// <summary>The run with data, inputs and outputs, deleted or not; null if it does not exist.</summary>
    Task<Run?> GetRunAsync(string runId, CancellationToken cancel);

    /// <summary>
    /// Changes status, end time and name of an active run where they are set, and the tag <c>mlflow.runName</c> with the name.
    /// </summary>
    Task<RunInfo> UpdateRunAsync(UpdateRun update, Change change, CancellationToken cancel);

    /// <summary>Deletes or restores a run; repeating it is not an error.</summary>
    Task SetRunDeletedAsync(string runId, bool deleted, Change change, CancellationToken cancel);

    /// <summary>Logs points, params and tags of an active run, all or nothing. Identical points are one point;
    /// a param logged before with another value is refused ("Changing param values is not allowed. …").
    /// The tag <c>mlflow.runName</c> renames the run.</summary>
    Task LogBatchAsync(CheckedBatch batch, Change change, CancellationToken cancel);

    /// <summary>Deletes a tag of an active run; "No tag with name: K in run with id R" if it has none.</summary>
    Task DeleteRunTagAsync(string runId, string key, Change change, CancellationToken cancel);

    /// <summary>Adds dataset and model inputs to an active run; those it has already are left as they are.</summary>
    Task LogInputsAsync(string runId, IReadOnlyList<DatasetInput> datasets, IReadOnlyList<ModelInput> models, Change change, CancellationToken cancel);

    /// <summary>Adds model outputs to an active run; those it has already are left as they are.</summary>
    Task LogOutputsAsync(string runId, IReadOnlyList<ModelOutput> models, Change change, CancellationToken cancel);

    /// <summary>
    /// Appends <paramref name="modelJson"/> (a JSON object as text) to the JSON list in the tag <c>mlflow.log-model.history</c>.
    /// </summary>
    Task LogModelAsync(string runId, string modelJson, Change change, CancellationToken cancel);

    /// <summary>
    /// Searches runs of these experiments, whole runs with inputs and outputs. Default order: start time descending, then run id.
    /// </summary>
    Task<Page<Run>> SearchRunsAsync(IReadOnlyList<string> experimentIds, SearchQuery query, ViewType view, ReadScope scope, CancellationToken cancel);

    /// <summary>
    /// The points of one metric ordered by timestamp, step, value; all of them when <paramref name="maxResults"/> is null.
    /// </summary>
    Task<Page<Metric>> GetMetricHistoryAsync(string runId, string key, int? maxResults, string? pageToken, CancellationToken cancel);

    /// <summary>
    /// The points of one metric of several runs, with <see cref="Metric.RunId"/>, ordered by run id, timestamp, step, value; at most
    /// <paramref name="maxResults"/>.
    /// </summary>
    Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancel);

    /// <summary>As the bulk history, but only the points at sampled steps between the bounds (inclusive; null: none):
    /// first, last and evenly spread ones, so that no run has more than about <paramref name="maxResults"/> steps.</summary>
    Task<IReadOnlyList<Metric>> GetMetricHistorySampledAsync(
        IReadOnlyList<string> runIds, string key, long? startStep, long? endStep, int maxResults, CancellationToken cancel);
}
