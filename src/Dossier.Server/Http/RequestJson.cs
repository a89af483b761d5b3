using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dossier.Protocol;

namespace Dossier.Server.Http;

/// <summary>
/// How the server reads requests: as the wire says, whole numbers as every client writes them, and what a point or key needs must be there.
/// Reading an answer is lenient instead, for other servers leave parts out.
/// </summary>
internal static class RequestJson
{
    // What isn't here may be absent, or the domain refuses the null or empty text that stands for its absence.
    private static readonly Dictionary<Type, string[]> Required = new()
    {
        [typeof(Metric)] = ["key", "value", "timestamp"],
        [typeof(Param)] = ["key", "value"],
        [typeof(Tag)] = ["key", "value"],
        [typeof(DatasetInput)] = ["dataset"],
    };

    /// <summary>The wire's options with the required members.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The metadata of a message.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Whether a member of a message is on the wire, and not only in the program.</summary>
    public static bool IsOnWire(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false) is not [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Always }];

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(WireJson.Options)
        {
            TypeInfoResolver = WireJson.Options.TypeInfoResolver!.WithAddedModifier(Require),
            Converters = { new WholeNumberConverter() },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void Require(JsonTypeInfo type)
    {
        if (!Required.TryGetValue(type.Type, out var names))
        {
            return;
        }

        foreach (var property in type.Properties.Where(property => names.Contains(property.Name)))
        {
            property.IsRequired = true;
        }
    }
}

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
