using System.Globalization;

namespace Dossier.Protocol.Json;

/// <summary>
/// A number, kept as the token it was written with: integers of any size survive, and 1 stays apart from 1.0.
/// Beyond JSON's grammar the tokens <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are numbers too, since MLflow's clients send them.
/// </summary>
public sealed class RecordNumber : RecordValue
{
    internal RecordNumber(string token) => Token = token;

    /// <summary>The token as it was written, e.g. <c>1.50</c> or <c>9223372036854775807</c>.</summary>
    public string Token { get; }

    /// <summary>Whether the token has neither fraction nor exponent.</summary>
    public bool IsInteger => !Token.AsSpan(Token[0] == '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// The digits of an integer (<c>-0</c> is <c>0</c>), or the shortest digits of a float that read back as the same value, written as
    /// MLflow's clients do: <see cref="FloatText"/>.
    /// </summary>
    public string Text => IsInteger ? (Token == "-0" ? "0" : Token) : FloatText.Format(ToDouble());

    /// <summary>Wraps an integer.</summary>
    public static new RecordNumber Of(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Wraps a float; NaN and the infinities keep their token.</summary>
    public static RecordNumber Of(double value) => new(
        double.IsNaN(value) ? "NaN"
        : double.IsPositiveInfinity(value) ? "Infinity"
        : double.IsNegativeInfinity(value) ? "-Infinity"
        : FloatText.Format(value));

    /// <summary>The nearest double; tokens too large are infinite.</summary>
    public double ToDouble() => double.Parse(Token, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The integer, when the token is one and fits.</summary>
    public bool TryGetInt64(out long value)
    {
        value = 0;
        return IsInteger && long.TryParse(Token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
