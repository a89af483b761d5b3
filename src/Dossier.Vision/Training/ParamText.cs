using System.Globalization;

namespace Dossier.Vision.Training;

/// <summary>Values as Python's <c>str</c> prints them: that is how MLflow's records hold params.</summary>
internal static class ParamText
{
    public const string None = "None";

    public static string Of(bool value) => value ? "True" : "False";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(int value) => Of((long)value);

    public static string Of(int? value) => value is null ? None : Of((long)value);

    public static string Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        // Both languages print the shortest digits that read back the same; they differ in where powers of ten begin, and Python always marks a float.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) is >= 1e16 and < 1e17)
        {
            var sign = value < 0 ? 1 : 0;
            var digits = text[(sign + 1)..].TrimEnd('0');
            return text[..(sign + 1)] + (digits.Length > 0 ? "." + digits : "") + "e+16";
        }
        return text.Contains('E', StringComparison.Ordinal) ? text.Replace('E', 'e') : text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    public static string Of(IEnumerable<double> values) => "[" + string.Join(", ", values.Select(Of)) + "]";

    public static string Of(IEnumerable<string> values) =>
        "[" + string.Join(", ", values.Select(value => "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'")) + "]";
}
