using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dossier.Server.Http;

/// <summary>
/// Reads 64-bit integers as clients write them: as a number, as a string, and whole numbers also as floats, such as
/// <c>5.0</c> and <c>"1e+05"</c>, which is how R writes 100000.
/// </summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    // Beyond it a double is no longer one integer.
    private const double LargestExact = 9_007_199_254_740_992;

    /// <inheritdoc/>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out var number) ? number : Whole(reader.GetDouble());
        }

        return reader.TokenType != JsonTokenType.String ? throw new JsonException()
            : long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var text) ? text
            : double.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ? Whole(value)
            : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static long Whole(double value) =>
        double.IsInteger(value) && Math.Abs(value) <= LargestExact ? (long)value : throw new JsonException();
}
