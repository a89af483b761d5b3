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
