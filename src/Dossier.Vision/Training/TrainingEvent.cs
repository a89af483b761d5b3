namespace Dossier.Vision.Training;

/// <summary>Something that happened in training.</summary>
public abstract record TrainingEvent;

/// <summary>Training begins, or goes on from a checkpoint.</summary>
/// <param name="Samples">Training pictures.</param>
/// <param name="FirstStep">0, or the checkpoint's step.</param>
/// <param name="MaxSteps">Optimiser steps planned in all.</param>
/// <param name="StepsPerEpoch">Optimiser steps of an epoch.</param>
public sealed record TrainingStarted(int Samples, long FirstStep, long MaxSteps, long StepsPerEpoch) : TrainingEvent;

/// <summary>An optimiser step is done.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Epoch">Epochs done, with a fraction.</param>
/// <param name="Loss">The step's mean loss.</param>
/// <param name="LearningRate">The rate it was made with.</param>
/// <param name="Samples">Pictures of the step.</param>
public sealed record StepDone(long Step, double Epoch, double Loss, double LearningRate, int Samples) : TrainingEvent;

/// <summary>Values to be logged, by the names of transformers' Trainer: <c>loss</c>, <c>learning_rate</c>, <c>epoch</c>; <c>eval_…</c>; at the end <c>train_…</c> and <c>total_flos</c>.</summary>
/// <param name="Step">The step they belong to.</param>
/// <param name="Values">The values.</param>
public sealed record MetricsLogged(long Step, IReadOnlyDictionary<string, double> Values) : TrainingEvent;

/// <summary>A checkpoint is written.</summary>
/// <param name="Folder">Its folder, <c>checkpoint-STEP</c>.</param>
/// <param name="Step">The step.</param>
/// <param name="IsBest">Whether it is the best so far.</param>
public sealed record CheckpointSaved(string Folder, long Step, bool IsBest) : TrainingEvent;

/// <summary>How training ended.</summary>
public sealed record TrainingResult
{
    /// <summary>Optimiser steps done.</summary>
    public required long GlobalStep { get; init; }

    /// <summary>Mean loss of all steps.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The best checkpoint's folder; null if none was written.</summary>
    public required string? BestCheckpoint { get; init; }

    /// <summary>The best value of <c>metric_for_best_model</c>; null if nothing was compared.</summary>
    public required double? BestMetric { get; init; }

    /// <summary>Whether early stopping ended it.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>The final metrics, by Trainer's names.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }
}
