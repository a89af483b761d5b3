using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Vision.Pictures;
using Dossier.Vision.Training;

namespace Dossier.Vision.Cli.Options;

/// <summary>
/// How to train: options with the names of transformers' TrainingArguments. Where a fine-tuning of pictures wants other defaults than transformers has, they are those
/// of the seed's training: 20 epochs of 32 pictures, a warm-up of a tenth, an evaluation each epoch, the best F1 kept.
/// </summary>
internal static class TrainingArgumentOptions
{
    private static readonly TrainingArguments Defaults = new() { OutputDir = "." };
    private static readonly Augmentation Chance = new();

    private static readonly Option<string?> OutputDir = new("--output-dir")
    {
        Description = "Checkpoints go here [default: a new folder below ./checkpoints, or that of the checkpoint to go on from]",
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Resume = new("--resume-from-checkpoint")
    {
        Description = "Go on from this checkpoint, to the same numbers as without the break; the other options must be those of then",
        HelpName = "FOLDER",
    };

    private static readonly Option<double> LearningRate = ValueOption.Of("--learning-rate", Defaults.LearningRate, "The highest learning rate of AdamW");
    private static readonly Option<double> Epochs = ValueOption.Of("--num-train-epochs", 20.0, "Times that all training pictures are seen, at most");
    private static readonly Option<int> TrainBatch = ValueOption.Of("--per-device-train-batch-size", 32, "Pictures of one forward pass in training");
    private static readonly Option<int> EvalBatch = ValueOption.Of("--per-device-eval-batch-size", 32, "Pictures of one forward pass in evaluation");
    private static readonly Option<int> Accumulation = ValueOption.Of("--gradient-accumulation-steps", Defaults.GradientAccumulationSteps, "Batches of one optimiser step");
    private static readonly Option<double> WarmupRatio = ValueOption.Of("--warmup-ratio", 0.1, "Share of all steps in which the rate rises from 0");
    private static readonly Option<string> Scheduler = CreateScheduler();
    private static readonly Option<double> WeightDecay = ValueOption.Of("--weight-decay", Defaults.WeightDecay, "Decoupled decay of the weights");
    private static readonly Option<double> MaxGradNorm = ValueOption.Of("--max-grad-norm", Defaults.MaxGradNorm, "Gradients are scaled down to this norm; 0 leaves them");
    private static readonly Option<double> LabelSmoothing = ValueOption.Of("--label-smoothing-factor", Defaults.LabelSmoothingFactor, "Share of each target spread over all classes");
    private static readonly Option<int> Patience = ValueOption.Of("--early-stopping-patience", 10, "Epochs in a row without a better value after which training ends; 0 goes on");
    private static readonly Option<string> Metric = CreateMetric();
    private static readonly Option<int> LoggingSteps = ValueOption.Of("--logging-steps", 10, "Steps between two logged losses");
    private static readonly Option<int> SaveTotalLimit = ValueOption.Of("--save-total-limit", 1, "Checkpoints kept beside the best; 0 keeps all");
    private static readonly Option<bool> Bf16 = new("--bf16") { Description = "Calculate in bfloat16; on a GPU" };
    private static readonly Option<bool> NoCuda = new("--no-cuda") { Description = "Stay on the CPU although there is a GPU" };
    private static readonly Option<bool> NoAugmentation = new("--no-augmentation") { Description = "Only resize training pictures, as in evaluation" };
    private static readonly Option<double> MinScale = ValueOption.Of("--augmentation-min-scale", Chance.MinScale, "Least share of a picture in a random crop; small damage wants a large one");
    private static readonly Option<double> HorizontalFlip = ValueOption.Of("--horizontal-flip", Chance.HorizontalFlip, "Probability of a flip left to right");
    private static readonly Option<double> VerticalFlip = ValueOption.Of("--vertical-flip", Chance.VerticalFlip, "Probability of a flip top to bottom");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        LearningRate, Epochs, TrainBatch, EvalBatch, Accumulation, WarmupRatio, Scheduler, WeightDecay, MaxGradNorm, LabelSmoothing, Patience, Metric, LoggingSteps,
        SaveTotalLimit, Bf16, NoCuda, NoAugmentation, MinScale, HorizontalFlip, VerticalFlip, OutputDir, Resume,
    ];

    /// <summary>The arguments.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Where chance comes from.</param>
    /// <param name="runName">The run's name.</param>
    /// <param name="outputDir">Where checkpoints go when the user says nothing.</param>
    /// <exception cref="UsageException">A value is out of bounds.</exception>
    public static TrainingArguments Read(ParseResult parsed, int seed, string? runName, string outputDir)
    {
        var resume = parsed.GetValue(Resume);
        var patience = parsed.GetValue(Patience);
        var limit = parsed.GetValue(SaveTotalLimit);
        var arguments = new TrainingArguments
        {
            OutputDir = parsed.GetValue(OutputDir) ?? (resume is null ? outputDir : Path.GetDirectoryName(Path.GetFullPath(resume))!),
            RunName = runName,
            ResumeFromCheckpoint = resume,
            LearningRate = parsed.GetValue(LearningRate),
            NumTrainEpochs = parsed.GetValue(Epochs),
            PerDeviceTrainBatchSize = parsed.GetValue(TrainBatch),
            PerDeviceEvalBatchSize = parsed.GetValue(EvalBatch),
            GradientAccumulationSteps = parsed.GetValue(Accumulation),
            WarmupRatio = parsed.GetValue(WarmupRatio),
            LrSchedulerType = Enum.GetValues<LrSchedulerType>().Single(type => TrainingChoices.Name(type) == parsed.GetValue(Scheduler)),
            WeightDecay = parsed.GetValue(WeightDecay),
            MaxGradNorm = parsed.GetValue(MaxGradNorm),
            LabelSmoothingFactor = parsed.GetValue(LabelSmoothing),
            EarlyStoppingPatience = patience == 0 ? null : patience,
            MetricForBestModel = parsed.GetValue(Metric),
            EvaluationStrategy = IntervalStrategy.Epoch,
            SaveStrategy = IntervalStrategy.Epoch,
            LoadBestModelAtEnd = true,
            LoggingSteps = parsed.GetValue(LoggingSteps),
            SaveTotalLimit = limit == 0 ? null : limit,
            Bf16 = parsed.GetValue(Bf16),
            NoCuda = parsed.GetValue(NoCuda),
            Seed = seed,
            Augmentation = parsed.GetValue(NoAugmentation)
                ? null
                : Chance with { MinScale = parsed.GetValue(MinScale), HorizontalFlip = parsed.GetValue(HorizontalFlip), VerticalFlip = parsed.GetValue(VerticalFlip) },
        };
        return arguments.Check() is { Count: > 0 } faults ? throw new UsageException(string.Join(' ', faults)) : arguments;
    }

    private static Option<string> CreateScheduler()
    {
        var names = Enum.GetValues<LrSchedulerType>().Select(TrainingChoices.Name).ToArray();
        var scheduler = new Option<string>("--lr-scheduler-type")
        {
            Description = "How the rate changes after the warm-up",
            HelpName = string.Join('|', names),
            DefaultValueFactory = static _ => TrainingChoices.Name(LrSchedulerType.Linear),
        };
        scheduler.AcceptOnlyFromAmong(names);
        return scheduler;
    }

    private static Option<string> CreateMetric()
    {
        var metric = new Option<string>("--metric-for-best-model")
        {
            Description = "The validation metric that decides which epoch is best",
            HelpName = "NAME",
            DefaultValueFactory = static _ => "f1",
        };
        metric.AcceptOnlyFromAmong("f1", "accuracy", "precision", "recall", "roc_auc", "log_loss", "loss");
        return metric;
    }
}
