namespace Dossier.Bench;

/// <summary>How much each scenario does. Every loop ends at its count or its time, whichever comes first.</summary>
/// <param name="LoadTime">How long a load runs; its first fifth is warm-up and not counted.</param>
/// <param name="Runs">Runs that are searched, 200 to 10,000.</param>
/// <param name="Batches">Batches of parameters, each for a run of its own.</param>
/// <param name="HistoryPoints">Points of the long metric history; a multiple of 1,000.</param>
/// <param name="Models">Registered models.</param>
/// <param name="VersionsPerModel">Versions of each.</param>
/// <param name="ArtifactBytes">Length of the large artifact.</param>
/// <param name="Repeats">How often a single request is repeated for its median.</param>
/// <param name="RepeatTime">The longest that those repeats may take.</param>
/// <param name="Starts">Server starts.</param>
/// <param name="IdleTime">How long a started server is left alone before its memory is read.</param>
/// <param name="Syncs">Disk syncs.</param>
/// <param name="Experiments">Experiments that are searched, of which 100 may be read.</param>
/// <param name="Groups">Groups that one user is in.</param>
/// <param name="Counted">Requests whose allocations are counted, after as many for warm-up; large ones are a tenth.</param>
/// <param name="CountedArtifactBytes">Length of the artifact whose transfers' allocations are counted.</param>
public sealed record Sizes(
    TimeSpan LoadTime,
    int Runs,
    int Batches,
    int HistoryPoints,
    int Models,
    int VersionsPerModel,
    long ArtifactBytes,
    int Repeats,
    TimeSpan RepeatTime,
    int Starts,
    TimeSpan IdleTime,
    int Syncs,
    int Experiments,
    int Groups,
    int Counted,
    long CountedArtifactBytes)
{
    /// <summary>The sizes that published figures are for.</summary>
    public static Sizes Full { get; } = new(
        TimeSpan.FromSeconds(6), 10_000, 2_000, 100_000, 1_000, 3, 1L << 30, 20, TimeSpan.FromSeconds(20), 5, TimeSpan.FromSeconds(5), 500, 10_000, 1_500, 2_000, 256L << 20);

    /// <summary>Small sizes that only show that everything works; their figures mean little.</summary>
    public static Sizes Quick { get; } = new(
        TimeSpan.FromSeconds(0.5), 400, 100, 10_000, 50, 3, 64L << 20, 5, TimeSpan.FromSeconds(5), 2, TimeSpan.FromSeconds(1), 50, 400, 30, 500, 32L << 20);
}
