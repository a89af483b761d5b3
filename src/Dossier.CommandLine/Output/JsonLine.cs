using Dossier.Protocol.Json;

namespace Dossier.CommandLine.Output;

/// <summary>JSON on one line.</summary>
public static class JsonLine
{
    /// <summary>The text of a value, <c>{"a": [1, 2]}</c>.</summary>
    public static string Of(JsonValue value) => value switch
    {
        JsonArray array => "[" + string.Join(", ", array.Select(Of)) + "]",
        JsonObject members => "{" + string.Join(", ", members.Select(member => $"{Of(new JsonString(member.Key))}: {Of(member.Value)}")) + "}",
        _ => JsonWriter.Write(value),
    };
}
