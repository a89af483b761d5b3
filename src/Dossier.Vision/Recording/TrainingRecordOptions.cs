using Dossier.Protocol;

namespace Dossier.Vision.Recording;

/// <summary>Where a training is recorded.</summary>
public sealed record TrainingRecordOptions
{
    /// <summary>The experiment, created if there is none.</summary>
    public required string Experiment { get; init; }

    /// <summary>The run's name; null lets the server find one.</summary>
    public string? RunName { get; init; }

    /// <summary>Tags of the run, beside the usual ones (user, program, git commit), which they win over.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Time between two samples of the system's metrics.</summary>
    public TimeSpan SystemMetricsInterval { get; init; } = TimeSpan.FromSeconds(10);
}
