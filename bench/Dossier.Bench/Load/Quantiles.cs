namespace Dossier.Bench.Load;

/// <summary>Order statistics of measured times.</summary>
public static class Quantiles
{
    /// <summary>The value that a share of all values does not exceed.</summary>
    /// <param name="ordered">Ascending, not empty.</param>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public static double AtQuantile(this IReadOnlyList<double> ordered, double share) =>
        ordered[Math.Min((int)(ordered.Count * share), ordered.Count - 1)];
}
