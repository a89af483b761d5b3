using System.Text.Json.Serialization;

namespace Dossier.Vision.Training;

/// <summary>
/// Where a training is: <c>trainer_state.json</c> with transformers' names, and what it leaves out but a training needs to go on to the same numbers.
/// </summary>
internal sealed record TrainerState
{
    public const string FileName = "trainer_state.json";

    public double? BestMetric { get; set; }

    /// <summary>Its folder.</summary>
    public string? BestModelCheckpoint { get; set; }

    public double Epoch { get; set; }

    public long GlobalStep { get; set; }

    public List<Dictionary<string, double>> LogHistory { get; set; } = [];

    public required long MaxSteps { get; init; }

    /// <summary>Epochs planned, whole.</summary>
    public required long NumTrainEpochs { get; init; }

    /// <summary>As transformers counts: 6 × weights × values of all inputs seen; an input's values stand for tokens there, so it is far above the real count.</summary>
    public double TotalFlos { get; set; }

    public bool IsLocalProcessZero { get; init; } = true;

    public bool IsWorldProcessZero { get; init; } = true;

    public bool IsHyperParamSearch { get; init; }

    /// <summary>Not transformers': what the checkpoint must agree with to go on from.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Not transformers': as <see cref="TrainSamples"/>.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Not transformers': the sum of all steps' losses.</summary>
    public double LossSum { get; set; }

    /// <summary>Not transformers': <see cref="LossSum"/> when it was last logged.</summary>
    public double LoggedLossSum { get; set; }

    /// <summary>Not transformers': the step at which the loss was last logged.</summary>
    public long LoggedStep { get; set; }

    /// <summary>Not transformers': pictures learnt from, counted each time.</summary>
    public long SamplesSeen { get; set; }

    /// <summary>Not transformers': seconds of training before the checkpoint.</summary>
    public double Runtime { get; set; }

    /// <summary>Not transformers' of that version: evaluations in a row without a better value.</summary>
    public int EarlyStoppingPatienceCounter { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, AllowDuplicateProperties = false, RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainerState))]
internal sealed partial class TrainerStateJson : JsonSerializerContext;
