namespace Dossier.Vision.Bench.Scenarios;

/// <summary>Something that is measured.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Summary">What it does, for the help text.</param>
/// <param name="Run">Measures it.</param>
public sealed record Scenario(string Name, string Summary, Func<Sizes, CancellationToken, IEnumerable<Figure>> Run)
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("vision", "answers of the classifier in batches of 1, 8 and 32, and a heat map, for each size of model", VisionScenario.Run),
        new("serving", "the scoring server over 1, 8 and 32 connections, with and without batching", ServingScenario.Run),
        new("training", "pictures a second in training, and the peak memory of training and of inference", TrainingScenario.Run),
    ];
}

/// <summary>How much each scenario does.</summary>
/// <param name="Models">The sizes of model for inference.</param>
/// <param name="Trainings">What is trained.</param>
/// <param name="Time">How long one row may take; some rounds are always made.</param>
public sealed record Sizes(IReadOnlyList<BenchModel> Models, IReadOnlyList<TrainingSize> Trainings, TimeSpan Time)
{
    /// <summary>The sizes that published figures are for.</summary>
    public static Sizes Full { get; } = new(
        [BenchModel.Tiny, BenchModel.Base],
        [new(BenchModel.Tiny, 32, 3, 16), new(BenchModel.Small, 32, 3, 8), new(BenchModel.Base, 8, 2, 2)],
        TimeSpan.FromSeconds(6));

    /// <summary>Only shows that everything works; its figures mean little.</summary>
    public static Sizes Quick { get; } = new(
        [BenchModel.Tiny], [new(BenchModel.Tiny, 32, 1, 3), new(BenchModel.Small, 32, 1, 2)], TimeSpan.FromSeconds(0.5));
}

/// <summary>One training that is measured.</summary>
/// <param name="Model">The model.</param>
/// <param name="Batch">Pictures of a step.</param>
/// <param name="Turns">How often the trainer and the plain loop take turns.</param>
/// <param name="Steps">Steps that count in each turn.</param>
public sealed record TrainingSize(BenchModel Model, int Batch, int Turns, int Steps);
