using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Training;

namespace Dossier.Vision.Jobs;

/// <summary>What a <see cref="TrainingJob"/> does.</summary>
public sealed record TrainingJobOptions
{
    /// <summary>The data set: what <see cref="PictureSets.ReadAsync"/> reads.</summary>
    public required string DataPath { get; init; }

    /// <summary>How the data set is read.</summary>
    public PictureSetOptions Data { get; init; } = new();

    /// <summary>What stays together in the split.</summary>
    public SplitMethod Split { get; init; } = SplitMethod.Source;

    /// <summary>Between 0 and 1.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Between 0 and 1.</summary>
    public double TestShare { get; init; } = 0.15;

    /// <summary>A checkpoint's folder (<c>config.json</c> and weights) to start from; null starts from nothing, with the shape of <see cref="NewModel"/>.</summary>
    public string? Base { get; init; }

    /// <summary>The shape of a new model; its labels are the data set's classes.</summary>
    public ViTConfig NewModel { get; init; } = new();

    /// <summary>How to train; its seed is also that of the split.</summary>
    public required TrainingArguments Training { get; init; }

    /// <summary>Whether rare classes count more in the loss, so that all count the same in sum. Not together with weights in <see cref="Training"/>.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>The experiment, created if there is none.</summary>
    public required string Experiment { get; init; }

    /// <summary>The run's name; null lets the server find one.</summary>
    public string? RunName { get; init; }

    /// <summary>Tags of the run, beside the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The registered model that gets a new version; null registers nothing.</summary>
    public string? Register { get; init; }

    /// <summary>The stage for that version, if it is not worse than the version that is there; null leaves it where it is.</summary>
    public string? Stage { get; init; }
}
