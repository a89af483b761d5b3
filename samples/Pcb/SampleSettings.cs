using Dossier.Vision.Boards;
using Dossier.Vision.Model;
using Dossier.Vision.Training;

namespace Dossier.Samples.Pcb;

/// <summary>What the sample generates and trains.</summary>
internal sealed record SampleSettings
{
    /// <summary>Draws boards, split, weights and the order of training.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Boards in all.</summary>
    public int Boards { get; init; } = 3600;

    /// <summary>Most epochs.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>The boards.</summary>
    public BoardOptions BoardOptions => new() { Boards = Boards, DamagedShare = 0.4, Size = 128, Seed = Seed };

    /// <summary>A transformer small enough for two cores and two minutes.</summary>
    public ViTConfig Model { get; init; } = new()
    {
        ImageSize = 96,
        PatchSize = 12,
        HiddenSize = 96,
        NumHiddenLayers = 4,
        NumAttentionHeads = 3,
        IntermediateSize = 384,

        // Wider than a model's that is fine-tuned: from nothing, it leaves the plateau at once.
        InitializerRange = 0.1,
    };

    /// <summary>How it is trained; the rest is transformers' default.</summary>
    /// <param name="outputFolder">For checkpoints.</param>
    public TrainingArguments Training(string outputFolder) => new()
    {
        OutputDir = outputFolder,
        Seed = Seed,
        NumTrainEpochs = Epochs,
        PerDeviceTrainBatchSize = 32,
        PerDeviceEvalBatchSize = 64,
        LearningRate = 1e-3,
        WarmupRatio = 0.1,
        WeightDecay = 0.05,

        // Boards lie the same way round, and a crop may cut the damage away.
        Augmentation = null,
        EvaluationStrategy = IntervalStrategy.Epoch,
        SaveStrategy = IntervalStrategy.Epoch,
        SaveTotalLimit = 1,
        LoggingSteps = 10,
        LoadBestModelAtEnd = true,
        MetricForBestModel = "f1",
        EarlyStoppingPatience = 10,
    };
}
