namespace Dossier.Core.Webhooks;

/// <summary>
/// How long a delivery that failed is tried again: doubling waits with jitter, for a bounded number of attempts and a bounded time.
/// </summary>
public static class RetrySchedule
{
    /// <summary>The number of attempts before a delivery is given up.</summary>
    public const int MostAttempts = 16;

    private const int LongestWaitDoublings = 12;

    /// <summary>Older deliveries are given up.</summary>
    public static TimeSpan LongestAge { get; } = TimeSpan.FromHours(24);

    /// <summary>How long to wait after an attempt: about 1, 2, 4, … seconds, at most about an hour.</summary>
    /// <param name="attempts">How many attempts there were.</param>
    /// <param name="random">From 0 to 1: spreads those that failed together.</param>
    public static TimeSpan WaitAfter(int attempts, double random) =>
        TimeSpan.FromSeconds((1L << Math.Min(attempts - 1, LongestWaitDoublings)) * (0.5 + (random / 2)));
}
