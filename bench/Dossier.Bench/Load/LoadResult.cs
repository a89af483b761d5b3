using System.Diagnostics;

namespace Dossier.Bench.Load;

/// <summary>One answered request, in <see cref="Stopwatch"/> ticks.</summary>
/// <param name="Began">Just before it was sent.</param>
/// <param name="Ended">When its answer was whole.</param>
public readonly record struct Sample(long Began, long Ended);

/// <summary>What a load came to.</summary>
/// <param name="PerSecond">Answered requests a second over all connections, the first fifth of the time left out.</param>
/// <param name="Median">Median time of a request in milliseconds, over the same span.</param>
/// <param name="Percentile99">The 99th percentile of that.</param>
/// <param name="Acknowledged">How many requests of each connection were answered 200, warm-up included.</param>
public sealed record LoadResult(double PerSecond, double Median, double Percentile99, IReadOnlyList<int> Acknowledged)
{
    /// <summary>Sums the samples of all connections up.</summary>
    public static LoadResult Of(IReadOnlyList<List<Sample>> connections)
    {
        var all = connections.SelectMany(samples => samples).ToList();
        if (all.Count == 0)
        {
            throw new BenchException("Not one request was answered in the time given.");
        }

        var (first, last) = (all.Min(sample => sample.Began), all.Max(sample => sample.Ended));
        var counted = first + ((last - first) / 5);
        var times = all.Where(sample => sample.Ended > counted).Select(sample => Milliseconds(sample.Ended - sample.Began)).Order().ToList();
        return new LoadResult(
            times.Count * 1000 / Milliseconds(last - counted),
            times.AtQuantile(0.5),
            times.AtQuantile(0.99),
            [.. connections.Select(samples => samples.Count)]);
    }

    private static double Milliseconds(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;
}
