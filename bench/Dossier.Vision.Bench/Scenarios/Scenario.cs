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
    ];
}

/// <summary>How much each scenario does.</summary>
/// <param name="Models">The sizes of model.</param>
/// <param name="Time">How long one row may take; at least three rounds are made.</param>
public sealed record Sizes(IReadOnlyList<BenchModel> Models, TimeSpan Time)
{
    /// <summary>The sizes that published figures are for.</summary>
    public static Sizes Full { get; } = new([BenchModel.Tiny, BenchModel.Base], TimeSpan.FromSeconds(15));

    /// <summary>Only shows that everything works; its figures mean little.</summary>
    public static Sizes Quick { get; } = new([BenchModel.Tiny], TimeSpan.FromSeconds(0.5));
}
