using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Recording;
using Dossier.Vision.Training;
using TorchSharp;

namespace Dossier.Vision.Jobs;

/// <summary>The whole way from a data set to a registered model: read → split → check for leaks → train → judge → record → register → stage.</summary>
/// <param name="client">Where the record goes.</param>
/// <param name="options">What to do.</param>
public sealed class TrainingJob(DossierClient client, TrainingJobOptions options)
{
    /// <summary>Does it. What is wrong with data, checkpoint or arguments is told before a run is begun; a run that is begun ends as FAILED or KILLED if the job does.</summary>
    /// <param name="progress">Told what happens, in order, on one thread at a time.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="VisionException">Data, checkpoint or arguments cannot be used.</exception>
    /// <exception cref="ProtocolException">The server refuses, or cannot be reached.</exception>
    public async Task<TrainingOutcome> RunAsync(IProgress<JobEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        Check();
        var set = await PictureSets.ReadAsync(options.DataPath, options.Data, Told<(int Done, int Total)>(progress, at => new DataReading(at.Done, at.Total)), cancellationToken);
        progress?.Report(new DataRead(set));

        var splits = Splitter.Split(set, options.Split, options.ValidationShare, options.TestShare, options.Training.Seed);
        var leakage = Leakage.Find(splits);
        progress?.Report(new DataSplit(splits, leakage));

        var arguments = options.BalanceClasses ? options.Training with { ClassWeights = ClassWeights.Balanced(splits.Train, set.Classes) } : options.Training;
        var (model, processor) = Begin(set.Classes);
        using var _ = model;
        progress?.Report(new ModelReady(model.Config));

        await using var record = await TrainingRecord.StartAsync(client, RecordOptions(), cancellationToken);
        progress?.Report(new RunBegun(record.RunId, record.ExperimentId));
        record.LogParams(model.Config, processor, arguments);
        await record.LogDataAsync(splits, leakage, cancellationToken);

        var trainer = new Trainer(model, processor, arguments);
        var training = await trainer.TrainAsync(splits.Train, splits.Validation, Both(record.Progress, progress), cancellationToken);
        await record.LogTrainingAsync(training, cancellationToken);

        var test = await record.LogJudgementAsync(
            await trainer.PredictAsync(splits.Validation, cancellationToken), await trainer.PredictAsync(splits.Test, cancellationToken), cancellationToken);
        progress?.Report(new TestJudged(test));

        var uri = await record.LogModelAsync(model.Config, model.GetWeights(), processor, training.BestCheckpoint, cancellationToken);
        progress?.Report(new ModelLogged(uri));

        var (version, promotion) = await RegisterAsync(record, progress, cancellationToken);
        record.Complete();
        return new()
        {
            RunId = record.RunId,
            ExperimentId = record.ExperimentId,
            ModelUri = version is null ? uri : $"models:/{version.Name}/{version.Version}",
            Version = promotion?.Version ?? version,
            Splits = splits,
            Leakage = leakage,
            Training = training,
            Test = test,
            Promotion = promotion,
        };
    }

    private void Check()
    {
        if (options.Training.Check() is { Count: > 0 } faults)
        {
            throw new VisionException(string.Join(' ', faults));
        }

        if (options.BalanceClasses && options.Training.ClassWeights is not null)
        {
            throw new VisionException("Class weights are given and classes are to be balanced: leave one of the two out.");
        }

        if (options.Stage is not null && options.Register is null)
        {
            throw new VisionException($"Only a registered model has a stage: name the registered model that is to be in {options.Stage}.");
        }
    }

    private (ViTForImageClassification Model, ImageProcessor Processor) Begin(IReadOnlyList<string> classes)
    {
        // New weights come from torch's own generator: all of them, or those of a new head.
        torch.manual_seed(options.Training.Seed);
        if (options.Base is null)
        {
            return (new ViTForImageClassification(options.NewModel with { Labels = classes }), ProcessorOf(options.NewModel));
        }

        var model = ViTForImageClassification.Load(options.Base, classes);
        return (model, File.Exists(Path.Combine(options.Base, ImageProcessor.FileName)) ? ImageProcessor.Load(options.Base) : ProcessorOf(model.Config));
    }

    private static ImageProcessor ProcessorOf(ViTConfig config) => new() { Height = config.ImageSize, Width = config.ImageSize };

    private TrainingRecordOptions RecordOptions() => new()
    {
        Experiment = options.Experiment,
        RunName = options.RunName,
        Tags = [.. options.Tags.Select(tag => new Tag(tag.Key, tag.Value))],
    };

    private async Task<(ModelVersion? Version, Promotion? Promotion)> RegisterAsync(
        TrainingRecord record, IProgress<JobEvent>? progress, CancellationToken cancellationToken)
    {
        if (options.Register is null)
        {
            return (null, null);
        }

        var version = await record.RegisterAsync(options.Register, cancellationToken);
        progress?.Report(new ModelRegistered(version));
        if (options.Stage is null)
        {
            return (version, null);
        }

        var promotion = await record.PromoteAsync(version, options.Stage, cancellationToken);
        progress?.Report(new PromotionDecided(promotion));
        return (version, promotion);
    }

    private static Relay<TrainingEvent> Both(IProgress<TrainingEvent> record, IProgress<JobEvent>? progress) => new(what =>
    {
        record.Report(what);
        progress?.Report(new TrainingTold(what));
    });

    private static Relay<T> Told<T>(IProgress<JobEvent>? progress, Func<T, JobEvent> tell) => new(value => progress?.Report(tell(value)));

    /// <summary>Tells at once, on the thread that reports: <see cref="Progress{T}"/> would tell later and out of order.</summary>
    private sealed class Relay<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
