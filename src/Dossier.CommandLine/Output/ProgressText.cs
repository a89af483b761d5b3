using System.Globalization;

namespace Dossier.CommandLine.Output;

/// <summary>The parts of a progress line.</summary>
public static class ProgressText
{
    private const int BarCells = 20;

    /// <summary>How far it is: <c>━━━━━━────────────── 30 %</c>, without the bar where nothing is drawn.</summary>
    public static string Share(double share, bool withBar)
    {
        share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        var percent = string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share * 100),3} %");
        var full = (int)(share * BarCells);
        return withBar ? new string('━', full) + new string('─', BarCells - full) + " " + percent : percent;
    }

    /// <summary>What is left at the pace so far: <c>0:42 left</c>; empty while there is no pace.</summary>
    /// <param name="share">The share done, since <paramref name="elapsed"/> began.</param>
    /// <param name="elapsed">The time it took.</param>
    public static string Left(double share, TimeSpan elapsed)
    {
        if (!(share > 0))
        {
            return "";
        }

        var seconds = Math.Max(0, elapsed.TotalSeconds * (1 - share) / share);
        return seconds > TimeSpan.FromDays(100).TotalSeconds ? "" : ", " + Clock(TimeSpan.FromSeconds(Math.Ceiling(seconds))) + " left";
    }

    /// <summary><c>0:42</c>, <c>12:05</c>, <c>3:04:05</c>.</summary>
    public static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    /// <summary><c>1 picture</c>, <c>1,004 pictures</c>.</summary>
    public static string Pictures(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:n0} picture{(count == 1 ? "" : "s")}");
}
