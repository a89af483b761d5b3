using System.Globalization;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for times, metric values, page lengths and version numbers.</summary>
internal static class NumberRules
{
    /// <summary>A time in milliseconds since the epoch, which must be there.</summary>
    public static long Time(long? time, string parameter) => OptionalTime(time, parameter) ?? throw ProtocolException.Missing(parameter);

    /// <summary>A time in milliseconds since the epoch, which may be absent.</summary>
    public static long? OptionalTime(long? time, string parameter) => time is null or >= 0
        ? time
        : throw ProtocolException.InvalidValue(Text(time.Value), parameter, "it must be a non-negative number of milliseconds since the epoch.");

    /// <summary>A metric's value as it is stored: infinities become the largest doubles, NaN stays.</summary>
    public static double MetricValue(double value) =>
        double.IsPositiveInfinity(value) ? double.MaxValue : double.IsNegativeInfinity(value) ? double.MinValue : value;

    /// <summary>The length of a page: <paramref name="byDefault"/> if absent, else from 1 to <paramref name="max"/>.</summary>
    public static int MaxResults(long? value, int byDefault, int max)
    {
        if (value is null)
        {
            return byDefault;
        }

        if (value < 1 || value > max)
        {
            throw ProtocolException.InvalidValue(
                Text(value.Value),
                "max_results",
                $"Hint: Value must be a whole number from 1 to {max}. See the API docs for more information about request parameters.");
        }

        return (int)value.Value;
    }

    /// <summary>A model version's number, which travels as text.</summary>
    public static int Version(string? version)
    {
        if (string.IsNullOrEmpty(version))
        {
            throw ProtocolException.Missing("version");
        }

        return int.TryParse(version, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ProtocolException.Invalid($"Parameter 'version' must be an integer, got '{TextRules.Excerpt(version)}'.");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
