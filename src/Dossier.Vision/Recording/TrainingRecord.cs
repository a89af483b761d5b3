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
/// of <see cref="StartAsync"/> was cancelled, else as <c>FAILED</c>, with what was logged so far. A version is registered only when all before is at the server.
/// </remarks>
public sealed class TrainingRecord : IAsyncDisposable
{
    /// <summary>Where the model lies in the run's artifacts.</summary>
    public const string ModelPath = "model";

    private readonly DossierClient _client;
    private readonly ActiveRun _run;
    private readonly TimeProvider _time;
    private readonly SystemMetrics _system;
    private readonly TrainingCourse _course;
    private readonly CancellationToken _stop;
    private RecordedData? _data;
    private Judgement? _test;
    private string? _card;
    private bool _complete;

    private TrainingRecord(DossierClient client, ActiveRun run, TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        (_client, _run, _time, _stop) = (client, run, time, stop);
        _system = new(run, interval, time);
        _course = new(run, time);
    }

    /// <summary>The run's id.</summary>
    public string RunId => _run.Id;

    /// <summary>The experiment's id.</summary>
    public string ExperimentId => _run.Info.ExperimentId;

    /// <summary>Takes what the trainer tells: values become metrics with their steps.</summary>
    public IProgress<TrainingEvent> Progress => _course;

    /// <summary>Starts a run, and the sampling of system metrics.</summary>
    /// <param name="client">The server.</param>
    /// <param name="options">Where to record.</param>
    /// <param name="cancellationToken">Ends the start; a run whose token is cancelled before it is complete ends as <c>KILLED</c>.</param>
    public static async Task<TrainingRecord> StartAsync(DossierClient client, TrainingRecordOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        var run = await client.StartRunAsync(options.Experiment, options.RunName, options.Tags, cancellationToken);
        var record = new TrainingRecord(client, run, options.SystemMetricsInterval, TimeProvider.System, cancellationToken);
        try
        {
            await record.TagCommitAsync(cancellationToken);
            return record;
        }
        catch
        {
            await record.DisposeAsync();
            throw;
        }
    }

    /// <summary>Logs every training argument and config value as a param, by transformers' names and as Python prints them.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="processor">The image processor.</param>
    /// <param name="arguments">How it is trained.</param>
    public void LogParams(ViTConfig config, ImageProcessor processor, TrainingArguments arguments)
    {
        foreach (var (name, value) in TrainingParams.Of(config, processor, arguments))
        {
            _run.LogParam(name, value);
        }
    }

    /// <summary>
    /// Logs the parts as dataset inputs with their context, <c>data/splits.csv</c>, <c>data/leakage.json</c>, and, where something leaked, the tag
    /// <c>dossier.finding.leakage</c>.
    /// </summary>
    public Task LogDataAsync(Splits splits, LeakageReport leakage, CancellationToken cancellationToken = default)
    {
        _course.Data = _data = new(splits, leakage);
        return _data.LogAsync(_run, cancellationToken);
    }

    /// <summary>Logs the final metrics of a training by Trainer's names, and the figures of its course.</summary>
    public async Task LogTrainingAsync(TrainingResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.BestCheckpoint is { } best)
        {
            _run.SetTag("dossier.best_checkpoint", Path.GetFileName(best));
        }

        await _course.EndAsync(result, cancellationToken);
    }

    /// <summary>
    /// Judges the model: chooses the threshold on validation, measures both parts, and logs <c>validation_…</c> and <c>test_…</c> with 95 % intervals, each saying which
    /// dataset it was measured on, figures below <c>figures/</c> and the worst mistakes on the test pictures below <c>mistakes/</c>.
    /// </summary>
    /// <param name="validation">Predictions of the validation pictures.</param>
    /// <param name="test">Predictions of the test pictures.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The judgement on the test pictures.</returns>
    /// <exception cref="InvalidOperationException"><see cref="LogDataAsync"/> was not called.</exception>
    public async Task<Judgement> LogJudgementAsync(Predictions validation, Predictions test, CancellationToken cancellationToken = default)
    {
        var data = _data ?? throw Early(nameof(LogDataAsync));
        ArgumentNullException.ThrowIfNull(validation);
        var threshold = validation.Classes.Count == 2 ? DecisionThreshold.Choose(validation) : (double?)null;
        if (threshold is { } chosen)
        {
            _run.LogMetric(new Metric
            {
                Key = "threshold", Value = chosen, Step = _course.LastStep, Timestamp = _time.GetUtcNow().ToUnixTimeMilliseconds(), DatasetName = data.Validation.Name, DatasetDigest = data.Validation.Digest,
            });
        }

        await JudgementLog.LogAsync(_run, "validation", Judgement.Of(validation, threshold: threshold), data.Validation, _course.LastStep, _time, cancellationToken);
        _test = Judgement.Of(test, threshold: threshold);
        await JudgementLog.LogAsync(_run, "test", _test, data.Test, _course.LastStep, _time, cancellationToken);
        await JudgementLog.LogPicturesAsync(_run, "test", _test, cancellationToken);
        return _test;
    }

    /// <summary>Writes the model as an MLflow Model (<see cref="MlflowModelFolder"/>) and logs it as <c>model</c>, and the model card as the run's note.</summary>
    /// <param name="config">The shape.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="processor">The image processor.</param>
    /// <param name="bestCheckpoint">Where the weights came from; null for the config's own name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns><c>runs:/RUN_ID/model</c>.</returns>
    /// <exception cref="InvalidOperationException"><see cref="LogJudgementAsync"/> was not called.</exception>
    public async Task<string> LogModelAsync(
        ViTConfig config, IReadOnlyDictionary<string, HostTensor> weights, ImageProcessor processor, string? bestCheckpoint, CancellationToken cancellationToken = default)
    {
        var (data, test) = (_data ?? throw Early(nameof(LogDataAsync)), _test ?? throw Early(nameof(LogJudgementAsync)));
        ArgumentNullException.ThrowIfNull(config);
        using var folder = new ScratchFolder();
        MlflowModelFolder.Write(folder.Path, config, weights, processor, new()
        {
            RunId = RunId,
            ArtifactPath = ModelPath,
            CreatedAt = _time.GetUtcNow(),
            Example = await ExamplePicture.OfAsync(test.Predictions, test.Positive, cancellationToken),
            SourceModelName = bestCheckpoint ?? config.NameOrPath ?? "",
        });
        var uri = await _run.LogModelAsync(folder.Path, ModelPath, cancellationToken: cancellationToken);
        _card = ModelCard.Of(config, data, test);
        _run.SetTag(WellKnownTags.Note, _card);
        return uri;
    }

    /// <summary>
    /// Makes the logged model the next version of a registered model, which is created if there is none. The version's description is the model card, its tags say
    /// what it was measured on.
    /// </summary>
    /// <param name="name">The registered model.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RunLoggingException">Something of the record did not reach the server; nothing is registered.</exception>
    /// <exception cref="InvalidOperationException"><see cref="LogModelAsync"/> was not called.</exception>
    public async Task<ModelVersion> RegisterAsync(string name, CancellationToken cancellationToken = default)
    {
        var card = _card ?? throw Early(nameof(LogModelAsync));
        await _run.FlushAsync(cancellationToken);
        return await ModelRegistration.RegisterAsync(_client, RunId, name, card, _data!, _test!, cancellationToken);
    }

    /// <summary>
    /// Moves a version to a stage if nothing is there, or if its F1 is not worse than that of the version that is there, measured on the very same test pictures;
    /// that one is archived then. Where they were measured on different pictures, or where pictures leaked, the version stays where it is.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="stage">One of <see cref="ModelStage"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Promotion> PromoteAsync(ModelVersion version, string stage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        return ModelRegistration.PromoteAsync(_client, version, stage, cancellationToken);
    }

    /// <summary>Says that all is done: the run will end as <c>FINISHED</c>.</summary>
    public void Complete() => _complete = true;

    /// <summary>Sends what waits and ends the run.</summary>
    /// <exception cref="RunLoggingException">The training is complete, but something of its record did not reach the server.</exception>
    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        if (_complete)
        {
            await _run.DisposeAsync();
            return;
        }

        if (_stop.IsCancellationRequested)
        {
            _run.Kill();
        }
        else
        {
            _run.Fail();
        }

        try
        {
            await _run.DisposeAsync();
        }
        catch (Exception lost) when (lost is RunLoggingException or ProtocolException)
        {
            // An exception is on its way that says more: it must not be covered.
        }
    }

    private async Task TagCommitAsync(CancellationToken cancellationToken)
    {
        // The client tags the commit that the program was built from, where it knows it.
        var tags = (await _client.Runs.GetAsync(RunId, cancellationToken)).Data.Tags ?? [];
        if (!tags.Any(one => one.Key == WellKnownTags.SourceGitCommit)
            && (GitCommit.Of(AppContext.BaseDirectory) ?? GitCommit.Of(Environment.CurrentDirectory)) is { } commit)
        {
            _run.SetTag(WellKnownTags.SourceGitCommit, commit);
        }
    }

    private static InvalidOperationException Early(string missing) => new($"Call {missing} first: the order of a training's steps stands at {nameof(TrainingRecord)}.");
}
