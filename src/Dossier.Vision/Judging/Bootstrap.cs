namespace Dossier.Vision.Judging;

/// <summary>
/// 95 % intervals of measures by the bootstrap: pictures are drawn again with replacement, as many of each true class as there are (stratified: the share of
/// classes is the data's and not a matter of chance), and the interval is from the 2.5th to the 97.5th percentile of what they measure, linear between ranks.
/// </summary>
/// <remarks>It cannot see mistakes that did not happen: where nothing is wrong, it gives an interval of no width. What n pictures without a mistake show is a rate below about 3/n.</remarks>
public static class Bootstrap
{
    private const double Tail = 0.025;

    /// <summary>The interval of every measure that <see cref="ClassificationMetrics.Measure"/> gives.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="positive">As there.</param>
    /// <param name="threshold">As there.</param>
    /// <param name="resamples">How often pictures are drawn again.</param>
    /// <param name="seed">The same seed gives the same intervals.</param>
    public static IReadOnlyDictionary<string, Interval> Intervals(
        Predictions predictions, int? positive = null, double? threshold = null, int resamples = 2000, int seed = 42)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var sample = new MetricSample(predictions, positive, threshold);
        var names = MetricSample.Names;
        var drawn = Measures(sample, resamples, seed);
        var defined = MetricSample.Name(sample.Measure());
        return names.Index().Where(name => defined.ContainsKey(name.Item)).ToDictionary(name => name.Item, name => Between(drawn[name.Index]));
    }

    private static double[][] Measures(MetricSample sample, int resamples, int seed)
    {
        var strata = Enumerable.Range(0, sample.Count).GroupBy(picture => sample.Targets[picture]).Select(group => group.ToArray()).ToArray();
        var drawn = MetricSample.Names.Select(_ => new double[resamples]).ToArray();
        var random = new Random(seed);
        var counts = new int[sample.Count];
        Span<double> values = stackalloc double[drawn.Length];
        for (var resample = 0; resample < resamples; resample++)
        {
            Array.Clear(counts);
            foreach (var stratum in strata)
            {
                for (var draw = 0; draw < stratum.Length; draw++)
                {
                    counts[stratum[random.Next(stratum.Length)]]++;
                }
            }

            sample.Measure(counts, values);
            for (var measure = 0; measure < drawn.Length; measure++)
            {
                drawn[measure][resample] = values[measure];
            }
        }

        return drawn;
    }

    private static Interval Between(double[] values)
    {
        Array.Sort(values);
        return new(Percentile(values, Tail), Percentile(values, 1 - Tail));
    }

    private static double Percentile(double[] sorted, double share)
    {
        var rank = share * (sorted.Length - 1);
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }
}
