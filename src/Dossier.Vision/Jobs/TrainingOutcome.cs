using Dossier.Protocol;
using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Recording;
using Dossier.Vision.Training;

namespace Dossier.Vision.Jobs;

/// <summary>What a <see cref="TrainingJob"/> leaves behind.</summary>
public sealed record TrainingOutcome
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Its experiment.</summary>
    public required string ExperimentId { get; init; }

    /// <summary><c>models:/NAME/VERSION</c> if it is registered, else <c>runs:/RUN_ID/model</c>.</summary>
    public required string ModelUri { get; init; }

    /// <summary>The registered version; null if it is not registered.</summary>
    public required ModelVersion? Version { get; init; }

    /// <summary>The parts of the data.</summary>
    public required Splits Splits { get; init; }

    /// <summary>What leaked between them.</summary>
    public required LeakageReport Leakage { get; init; }

    /// <summary>How training ended.</summary>
    public required TrainingResult Training { get; init; }

    /// <summary>What is said of the model on the test pictures.</summary>
    public required Judgement Test { get; init; }

    /// <summary>Whether the version took its stage, and why; null if none was asked for.</summary>
    public required Promotion? Promotion { get; init; }
}
