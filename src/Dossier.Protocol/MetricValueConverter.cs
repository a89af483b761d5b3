using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>
/// Metric values as MLflow servers write them: always with a fraction or an exponent (<c>15.0</c>, not <c>15</c>), so that clients and
/// reports see a float; <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c> as strings. Reads numbers and strings.
/// </summary>
public sealed class MetricValueConverter : JsonConverter<double>
{
    private const double FirstWithExponent = 1e15;

    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
        : reader.TokenType == JsonTokenType.String
            && double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new JsonException("A metric's value must be a number.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (!double.IsFinite(value))
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
        else if (Math.Abs(value) < FirstWithExponent && double.IsInteger(value))
        {
            Span<byte> text = stackalloc byte[24];
            Utf8Formatter.TryFormat(value, text, out var length, new('F', 1));
            writer.WriteRawValue(text[..length], skipInputValidation: true);
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
