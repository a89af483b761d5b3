using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>One point of a metric.</summary>
public sealed record Metric
{
    /// <summary>The metric's key, up to 250 characters.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>The value. Infinities are stored as ±1.7976931348623157e308; NaN stays NaN and is written as <c>"NaN"</c>.</summary>
    [JsonConverter(typeof(MetricValueConverter))]
    public double Value { get; init; }

    /// <summary>When it was measured, in milliseconds since the epoch.</summary>
    public long Timestamp { get; init; }

    /// <summary>The step (x position) of the point; 0 if the client gave none.</summary>
    public long Step { get; init; }

    /// <summary>The logged model that was measured (3.x clients).</summary>
    public string? ModelId { get; init; }

    /// <summary>Name of the dataset it was measured on (3.x clients).</summary>
    public string? DatasetName { get; init; }

    /// <summary>Digest of the dataset it was measured on (3.x clients).</summary>
    public string? DatasetDigest { get; init; }

    /// <summary>The run, where points of several runs stand in one list.</summary>
    public string? RunId { get; init; }
}

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
