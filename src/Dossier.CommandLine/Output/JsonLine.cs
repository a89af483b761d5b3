using Dossier.Protocol.Json;

namespace Dossier.CommandLine.Output;

/// <summary>JSON on one line.</summary>
public static class JsonLine
{
    /// <summary>The text of a value, <c>{"a": [1, 2]}</c>.</summary>
    public static string Of(RecordValue value) => value switch
    {
        RecordList array => "[" + string.Join(", ", array.Select(Of)) + "]",
        RecordObject members => "{" + string.Join(", ", members.Select(member => $"{Of(new RecordText(member.Key))}: {Of(member.Value)}")) + "}",
        _ => JsonWriter.Write(value),
    };
}
