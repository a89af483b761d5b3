using Dossier.Protocol;
using Dossier.Vision.Data;

namespace Dossier.Vision.Jobs;

/// <summary>What an <see cref="EvaluationJob"/> does.</summary>
public sealed record EvaluationJobOptions
{
    /// <summary>The data set: what <see cref="PictureSets.ReadAsync"/> reads; its labels must be classes of the model.</summary>
    public required string DataPath { get; init; }

    /// <summary>The data set's name; null for the file's or folder's.</summary>
    public string? DataName { get; init; }

    /// <summary>What the model is called by.</summary>
    public required string ModelUri { get; init; }

    /// <summary>The registered version that it is; null if it is none.</summary>
    public ModelVersion? Version { get; init; }

    /// <summary>The experiment, created if there is none.</summary>
    public required string Experiment { get; init; }

    /// <summary>The run's name; null lets the server find one.</summary>
    public string? RunName { get; init; }
}

/// <summary>What an <see cref="EvaluationJob"/> leaves behind.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Set">The data set.</param>
/// <param name="Judgement">What is said of the model.</param>
public sealed record EvaluationOutcome(string RunId, PictureSet Set, Judging.Judgement Judgement);
