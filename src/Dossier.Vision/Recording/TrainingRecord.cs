using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Training;

namespace Dossier.Vision.Recording;

/// <summary>
/// Records one training as a run: params, data, metrics, system metrics, figures, model; then registers the model. Works against any MLflow server.
/// </summary>
/// <remarks>
/// The order of a training, each step once:
/// <code>
/// await using var record = await TrainingRecord.StartAsync(client, new() { Experiment = "pcb" }, stop);
/// record.LogParams(model.Config, processor, arguments);
/// await record.LogDataAsync(splits, leakage, stop);
/// var result = await trainer.TrainAsync(splits.Train, splits.Validation, record.Progress, stop);
/// await record.LogTrainingAsync(result, stop);
/// var judgement = await record.LogJudgementAsync(await trainer.PredictAsync(splits.Validation, stop), await trainer.PredictAsync(splits.Test, stop), stop);
/// var uri = await record.LogModelAsync(model.Config, model.GetWeights(), processor, result.BestCheckpoint, stop);
/// var version = await record.RegisterAsync("pcb-vit", stop);
/// var promotion = await record.PromoteAsync(version, ModelStage.Staging, stop);
/// record.Complete();
/// </code>
/// The run ends as <c>FINISHED</c> only after <see cref="Complete"/>; if an exception leaves the block before, it ends as <c>KILLED</c> when the token
/// of <see cref="StartAsync"/> was cancelled, else as <c>FAILED</c>, with what was logged so far and without a registered version.
/// </remarks>
public sealed class TrainingRecord : IAsyncDisposable
{
    private TrainingRecord()
    {
    }

    /// <summary>The run's id.</summary>
    public string RunId => throw new NotImplementedException();

    /// <summary>The experiment's id.</summary>
    public string ExperimentId => throw new NotImplementedException();

    /// <summary>Takes what the trainer tells: values become metrics with their steps, checkpoints a param of the model.</summary>
    public IProgress<TrainingEvent> Progress => throw new NotImplementedException();

    /// <summary>Starts a run, and the sampling of system metrics.</summary>
    /// <param name="client">The server.</param>
    /// <param name="options">Where to record.</param>
    /// <param name="cancellationToken">Ends the start; a run whose token is cancelled before it is complete ends as <c>KILLED</c>.</param>
    public static Task<TrainingRecord> StartAsync(DossierClient client, TrainingRecordOptions options, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Logs every training argument and config value as a param, by transformers' names and as Python prints them.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="processor">The image processor.</param>
    /// <param name="arguments">How it is trained.</param>
    public void LogParams(ViTConfig config, ImageProcessor processor, TrainingArguments arguments) => throw new NotImplementedException();

    /// <summary>
    /// Logs the parts as dataset inputs with their context, <c>data/splits.csv</c>, <c>data/leakage.json</c>, and, where something leaked, the tag
    /// <c>dossier.finding.leakage</c>.
    /// </summary>
    public Task LogDataAsync(Splits splits, LeakageReport leakage, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Logs the final metrics of a training by Trainer's names, and the figures of its course.</summary>
    public Task LogTrainingAsync(TrainingResult result, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// Judges the model: chooses the threshold on validation, measures both parts, and logs <c>validation_…</c> and <c>test_…</c> with 95 % intervals, each saying which
    /// dataset it was measured on, figures below <c>figures/</c> and the worst mistakes on the test pictures below <c>mistakes/</c>.
    /// </summary>
    /// <param name="validation">Predictions of the validation pictures.</param>
    /// <param name="test">Predictions of the test pictures.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The judgement on the test pictures.</returns>
    public Task<Judgement> LogJudgementAsync(Predictions validation, Predictions test, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Writes the model as an MLflow Model (<see cref="MlflowModelFolder"/>) and logs it as <c>model</c>.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="processor">The image processor.</param>
    /// <param name="bestCheckpoint">Where the weights came from; null for the config's own name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns><c>runs:/RUN_ID/model</c>.</returns>
    public Task<string> LogModelAsync(
        ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, ImageProcessor processor, string? bestCheckpoint, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Makes the logged model the next version of a registered model, which is created if there is none, with the model card as its description.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RunLoggingException">Something of the record did not reach the server; nothing is registered.</exception>
    public Task<ModelVersion> RegisterAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Moves a version to a stage if it is not worse than the version that is there.</summary>
    /// <param name="version">The version.</param>
    /// <param name="stage">One of <see cref="ModelStage"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Promotion> PromoteAsync(ModelVersion version, string stage, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Says that all is done: the run will end as <c>FINISHED</c>.</summary>
    public void Complete() => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
