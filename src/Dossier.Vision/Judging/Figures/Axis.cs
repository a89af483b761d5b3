using System.Globalization;

namespace Dossier.Vision.Judging.Figures;

/// <summary>An axis: what it shows, from where to where, with a handful of round numbers.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="From">Its lower end.</param>
/// <param name="To">Its upper end.</param>
/// <param name="Step">From one tick to the next.</param>
internal sealed record Axis(string Name, double From, double To, double Step)
{
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((To - From) / Step) + 1).Select(at => From + (at * Step));

    /// <summary>From 0 to 1.</summary>
    public static Axis Share(string name) => new(name, 0, 1, 0.2);

    /// <summary>Wide enough for all values, with 4 to 10 ticks at round numbers.</summary>
    public static Axis Around(string name, IEnumerable<double> values, bool fromZero = false)
    {
        var all = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (fromZero ? Math.Min(0, all.Min()) : all.Min(), all.Max());
        var span = high - low > 0 ? high - low : Math.Max(Math.Abs(high), 1);
        var raw = span / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power is var digit && digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
        return new(name, Math.Floor((low / step) + 1e-9) * step, Math.Max(Math.Ceiling((high / step) - 1e-9), Math.Floor((low / step) + 1e-9) + 1) * step, step);
    }

    public string Text(double tick) => (Math.Abs(tick) < Step / 1000 ? 0 : tick).ToString(
        Math.Abs(tick) >= 1e6 || Step < 1e-4 ? "0.##e+0" : "0." + new string('#', Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step)))), CultureInfo.InvariantCulture);
}
