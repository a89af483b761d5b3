using System.Globalization;
using System.Text;

namespace Dossier.Vision.Serving.Telemetry;

/// <summary>A histogram of the Prometheus text format.</summary>
internal sealed class Histogram(string name, string help, params double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public void Observe(double value)
    {
        var at = Array.FindIndex(bounds, bound => value <= bound);
        lock (_lock)
        {
            _counts[at < 0 ? bounds.Length : at]++;
            _sum += value;
        }
    }

    public void Write(StringBuilder text)
    {
        long[] counts;
        double sum;
        lock (_lock)
        {
            (counts, sum) = ([.. _counts], _sum);
        }

        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} histogram\n");
        var below = 0L;
        for (var i = 0; i < bounds.Length; i++)
        {
            below += counts[i];
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{bounds[i]}\"}} {below}\n");
        }

        below += counts[^1];
        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {below}\n{name}_sum {sum}\n{name}_count {below}\n");
    }
}
