using System.Globalization;
using Dossier.Protocol.Json;

namespace Dossier.CommandLine.Output;

/// <summary>Times, durations, sizes and numbers as people read them.</summary>
public static class Human
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB", "PB"];

    /// <summary><c>2023-08-02 08:18:17</c> in UTC; null and times outside the calendar: null or the bare number.</summary>
    public static string? Time(long? milliseconds) => Calendar(milliseconds, "yyyy-MM-dd HH:mm:ss");

    /// <summary><c>2023-08-02 08:18</c>, for lists.</summary>
    public static string? Minute(long? milliseconds) => Calendar(milliseconds, "yyyy-MM-dd HH:mm");

    /// <summary><c>2023-08-02T08:18:17.725Z</c>.</summary>
    public static string? IsoTime(long? milliseconds) => Calendar(milliseconds, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary><c>340 ms</c>, <c>8.6 s</c>, <c>49 m 0 s</c>, <c>2 h 3 m</c> or <c>3 d 4 h</c>; null while either end is missing.</summary>
    public static string? Duration(long? start, long? end)
    {
        if (start is not { } from || end is not { } to || to < from)
        {
            return null;
        }

        var time = TimeSpan.FromMilliseconds((double)to - from);
        return time switch
        {
            { TotalSeconds: < 1 } => Invariant($"{time.TotalMilliseconds:0} ms"),
            { TotalSeconds: < 59.95 } => Invariant($"{time.TotalSeconds:0.0} s"),
            { TotalHours: < 1 } => Invariant($"{time.Minutes} m {time.Seconds} s"),
            { TotalDays: < 1 } => Invariant($"{time.Hours} h {time.Minutes} m"),
            _ => Invariant($"{time.Days} d {time.Hours} h"),
        };
    }

    /// <summary><c>512 B</c>, <c>1.2 kB</c>, <c>343.3 MB</c>: powers of 1,000.</summary>
    public static string? Size(long? bytes)
    {
        if (bytes is not { } count)
        {
            return null;
        }

        if (count < 1000)
        {
            return Invariant($"{count} B");
        }

        var size = count / 1000.0;
        var unit = 0;
        while (size >= 999.95 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        return Invariant($"{size:0.0} {Units[unit]}");
    }

    /// <summary>The number with six significant digits, for comparing at a glance; <c>nan</c> and <c>inf</c> as everywhere else.</summary>
    public static string ShortNumber(double value) => double.IsFinite(value) ? value.ToString("g6", CultureInfo.InvariantCulture) : FloatText.Format(value);

    private static string? Calendar(long? milliseconds, string format) => milliseconds switch
    {
        null => null,
        { } time when time < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || time > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() =>
            time.ToString(CultureInfo.InvariantCulture),
        { } time => DateTimeOffset.FromUnixTimeMilliseconds(time).ToString(format, CultureInfo.InvariantCulture),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
