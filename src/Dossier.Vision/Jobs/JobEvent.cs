using Dossier.Protocol;
using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Model;
using Dossier.Vision.Recording;
using Dossier.Vision.Training;

namespace Dossier.Vision.Jobs;

/// <summary>Something that happened in a <see cref="TrainingJob"/>, in the order of this file.</summary>
public abstract record JobEvent;

/// <summary>Pictures are being read.</summary>
/// <param name="Done">Pictures read.</param>
/// <param name="Total">Their number; 0 while it is not known.</param>
public sealed record DataReading(int Done, int Total) : JobEvent;

/// <summary>The data set is read.</summary>
/// <param name="Set">The data set.</param>
public sealed record DataRead(PictureSet Set) : JobEvent;

/// <summary>The data set is split, and the parts are compared.</summary>
/// <param name="Splits">The parts.</param>
/// <param name="Leakage">What of one part is also in another.</param>
public sealed record DataSplit(Splits Splits, LeakageReport Leakage) : JobEvent;

/// <summary>The model is made, or loaded.</summary>
/// <param name="Config">Its shape.</param>
public sealed record ModelReady(ViTConfig Config) : JobEvent;

/// <summary>The run is begun.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="ExperimentId">Its experiment.</param>
public sealed record RunBegun(string RunId, string ExperimentId) : JobEvent;

/// <summary>Training tells.</summary>
/// <param name="What">What.</param>
public sealed record TrainingTold(TrainingEvent What) : JobEvent;

/// <summary>The model is judged on the test pictures.</summary>
/// <param name="Test">What is said of it.</param>
public sealed record TestJudged(Judgement Test) : JobEvent;

/// <summary>The model is logged.</summary>
/// <param name="ModelUri"><c>runs:/RUN_ID/model</c>.</param>
public sealed record ModelLogged(string ModelUri) : JobEvent;

/// <summary>The model is registered.</summary>
/// <param name="Version">The version.</param>
public sealed record ModelRegistered(ModelVersion Version) : JobEvent;

/// <summary>Whether the version may take its stage is decided.</summary>
/// <param name="Promotion">Whether it took it, and why.</param>
public sealed record PromotionDecided(Promotion Promotion) : JobEvent;
