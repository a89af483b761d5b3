using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Dossier.Protocol.Json;

namespace Dossier.Protocol.Yaml;

/// <summary>
/// What a plain YAML 1.1 scalar means, as the Python clients that write MLmodel files read it: <c>yes</c> is true, <c>0o7</c> a string,
/// <c>1:30</c> the number 90, <c>1e5</c> a string (a float needs its point and the exponent its sign). Timestamps stay strings.
/// </summary>
internal static partial class YamlScalar
{
    // A text of a million digits would cost minutes to convert from another base; nobody writes such a number.
    private const int MaxBaseDigits = 4096;

    public static RecordValue Resolve(string text) =>
        Null().IsMatch(text) ? RecordNull.Value
        : Bool().Match(text) is { Success: true } truth ? new RecordBool(truth.Groups["yes"].Success)
        : TryNumber(text) is { } number ? number
        : new RecordText(text);

    /// <summary>The number a text is; null when it is none.</summary>
    public static RecordNumber? TryNumber(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.'))
        {
            return null;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        var negative = plain[0] == '-';
        var magnitude = plain.TrimStart('-', '+');
        return Special(text)
            ?? (DecimalInteger().IsMatch(text) ? new RecordNumber(negative ? "-" + magnitude : magnitude)
            : Based().IsMatch(text) && magnitude.Length <= MaxBaseDigits ? Integer(FromBase(magnitude), negative)
            : SixtiesInteger().IsMatch(text) && magnitude.Length <= MaxBaseDigits ? Integer(FromSixties(magnitude), negative)
            : Float().IsMatch(text) ? RecordNumber.Of(ToDouble(plain))
            : SixtiesFloat().IsMatch(text) && magnitude.Length <= MaxBaseDigits ? SixtiesToFloat(magnitude, negative)
            : null);
    }

    private static RecordNumber? Special(string text) =>
        Infinite().IsMatch(text) ? RecordNumber.Of(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
        : text is ".nan" or ".NaN" or ".NAN" ? RecordNumber.Of(double.NaN)
        : null;

    private static RecordNumber Integer(BigInteger magnitude, bool negative) =>
        (RecordNumber)JsonReader.Parse((negative ? -magnitude : magnitude).ToString(CultureInfo.InvariantCulture));

    private static BigInteger FromBase(string digits) =>
        digits.StartsWith("0x", StringComparison.Ordinal) ? FromDigits(digits.AsSpan(2), 16)
        : digits.StartsWith("0b", StringComparison.Ordinal) ? FromDigits(digits.AsSpan(2), 2)
        : FromDigits(digits, 8);

    private static BigInteger FromDigits(ReadOnlySpan<char> digits, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            value = (value * radix) + Convert.ToInt32(digit.ToString(), 16);
        }

        return value;
    }

    private static BigInteger FromSixties(string text) => text.Split(':').Aggregate(
        BigInteger.Zero, (sum, part) => (sum * 60) + BigInteger.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture));

    private static RecordNumber SixtiesToFloat(string text, bool negative)
    {
        var value = text.Split(':').Aggregate(0.0, (sum, part) => (sum * 60) + ToDouble(part));
        return RecordNumber.Of(negative ? -value : value);
    }

    private static double ToDouble(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:~|null|Null|NULL|)\z")]
    private static partial Regex Null();

    [GeneratedRegex(@"^(?:(?<yes>yes|Yes|YES|true|True|TRUE|on|On|ON)|no|No|NO|false|False|FALSE|off|Off|OFF)\z")]
    private static partial Regex Bool();

    [GeneratedRegex(@"^[-+]?(?:0|[1-9][0-9_]*)\z")]
    private static partial Regex DecimalInteger();

    [GeneratedRegex(@"^[-+]?(?:0b[01_]*[01][01_]*|0[0-7_]*[0-7][0-7_]*|0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Based();

    [GeneratedRegex(@"^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+\z", RegexOptions.NonBacktracking)]
    private static partial Regex SixtiesInteger();

    [GeneratedRegex(@"^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Float();

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex SixtiesFloat();

    [GeneratedRegex(@"^[-+]?\.(?:inf|Inf|INF)\z")]
    private static partial Regex Infinite();
}
