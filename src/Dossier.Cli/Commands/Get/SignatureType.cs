using Dossier.CommandLine.Output;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary>Writes the types of a signature as people write them.</summary>
internal static class SignatureType
{
    /// <summary>The type of a field, e.g. <c>double</c>, <c>float32[-1, 3]</c>, <c>array&lt;string&gt;</c>, <c>{id: long, note?: string}</c>.</summary>
    public static string Text(RecordObject type) => type.TextAt("type") switch
    {
        "tensor" when type.ObjectAt("tensor-spec") is { } tensor => (tensor.TextAt("dtype") ?? "tensor") + Shape(tensor["shape"]),
        "array" when type.ObjectAt("items") is { } items => $"array<{Text(items)}>",
        "map" when type.ObjectAt("values") is { } values => $"map<{Text(values)}>",
        "object" when type.ObjectAt("properties") is { } properties => "{" + string.Join(", ", properties.Select(Property)) + "}",
        null => "unknown",
        var name => name + Shape(type["shape"]),
    };

    private static string Shape(RecordValue? shape) => shape is RecordList sizes ? JsonLine.Of(sizes) : "";

    private static string Property(KeyValuePair<string, RecordValue> property) => property.Value is RecordObject type
        ? $"{property.Key}{(type["required"] is RecordBool { Value: false } ? "?" : "")}: {Text(type)}"
        : property.Key;
}
