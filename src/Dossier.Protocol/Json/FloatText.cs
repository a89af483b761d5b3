using System.Globalization;

namespace Dossier.Protocol.Json;

/// <summary>
/// Floats as Python prints them, the form in which MLflow's record has always been shown: the shortest digits that read back as the
/// same value; positional from 1e-4 up to 1e16, else with an exponent of at least two digits.
/// </summary>
public static class FloatText
{
    /// <summary>Formats a float: <c>1.0</c>, <c>1e-05</c>, <c>1.5e+300</c>, <c>-0.0</c>, <c>inf</c>, <c>nan</c>.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var (digits, exponent) = Decompose(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        var text = exponent is >= -4 and < 16 ? Positional(digits, exponent) : Scientific(digits, exponent);
        return double.IsNegative(value) ? "-" + text : text;
    }

    /// <summary>Reads off d.ddd × 10^exponent: the digits without leading or trailing zeros, and the exponent.</summary>
    private static (string Digits, int Exponent) Decompose(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var shift = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var leading = all.AsSpan().IndexOfAnyExcept('0');
        return leading < 0 ? ("0", 0) : (all.Trim('0'), shift + whole - 1 - leading);
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var padded = digits.PadRight(exponent + 2, '0');
        return padded[..(exponent + 1)] + "." + padded[(exponent + 1)..];
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return mantissa + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
    }
}
