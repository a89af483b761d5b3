using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Server.Http;

/// <summary>Says in the protocol's words why a body can't be read: which field, what it holds and what would be right.</summary>
internal static class BodyFault
{
    /// <summary>The protocol's error for a failed reading of <paramref name="json"/> as <paramref name="message"/>.</summary>
    public static ProtocolException Explain(ReadOnlySpan<byte> json, JsonException failure, JsonTypeInfo message)
    {
        var field = FieldOf(failure.Path);
        try
        {
            var reader = new Utf8JsonReader(json, RequestReader.Options);
            using var document = JsonDocument.ParseValue(ref reader);
            _ = reader.Read();
            RefuseNulls(message, document.RootElement, "");
            var (type, value) = Walk(message, document.RootElement, field);
            return FirstAbsent(type, value) is { } absent ? ProtocolException.Missing($"{field}.{absent}") : ProtocolException.InvalidValue(
                Excerpt(value),
                field.Length == 0 ? "body" : field,
                $"{WhatIsRight(Nullable.GetUnderlyingType(type.Type) ?? type.Type)} See the API docs for more information about request parameters.");
        }
        catch (InvalidOperationException)
        {
            return HalfCharacter();
        }
        catch (JsonException syntax)
        {
            return new(ErrorCode.BadRequest,
                $"The request body is not valid JSON: line {syntax.LineNumber + 1}, byte {syntax.BytePositionInLine + 1}{(field.Length == 0 ? "" : $", in '{field}'")}.");
        }
    }

    /// <summary>The error for a member's name that is no text; where it stands, the reader doesn't tell.</summary>
    public static ProtocolException HalfCharacter() =>
        new(ErrorCode.BadRequest, "The request body is not valid JSON: a member's name has half a surrogate pair in it.");

    /// <summary>Refuses <c>null</c> for a required member and as an element of a list; elsewhere it is as good as absent.</summary>
    public static void RefuseNulls(ReadOnlySpan<byte> json, JsonTypeInfo message)
    {
        var reader = new Utf8JsonReader(json, RequestReader.Options);
        using var document = JsonDocument.ParseValue(ref reader);
        RefuseNulls(message, document.RootElement, "");
    }

    private static void RefuseNulls(JsonTypeInfo type, JsonElement value, string field)
    {
        if (value.ValueKind == JsonValueKind.Array && type.ElementType is { } element)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Null)
                {
                    throw ProtocolException.InvalidValue("null", field, "a list must not hold null.");
                }

                RefuseNulls(RequestJson.Options.GetTypeInfo(element), item, $"{field}[{index++}]");
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in type.Properties)
            {
                if (value.TryGetProperty(property.Name, out var member))
                {
                    var name = field.Length == 0 ? property.Name : $"{field}.{property.Name}";
                    if (property.IsRequired && member.ValueKind == JsonValueKind.Null)
                    {
                        throw ProtocolException.Missing(name);
                    }

                    RefuseNulls(RequestJson.Options.GetTypeInfo(property.PropertyType), member, name);
                }
            }
        }
    }

    private static string FieldOf(string? path) => path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static (JsonTypeInfo Type, JsonElement Value) Walk(JsonTypeInfo message, JsonElement value, string field)
    {
        var type = message;
        foreach (var step in field.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index) && index < value.GetArrayLength())
            {
                (type, value) = (RequestJson.Options.GetTypeInfo(type.ElementType!), value[index]);
            }
            else if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var member)
                && type.Properties.FirstOrDefault(property => property.Name == step) is { } property)
            {
                (type, value) = (RequestJson.Options.GetTypeInfo(property.PropertyType), member);
            }
        }

        return (type, value);
    }

    private static string? FirstAbsent(JsonTypeInfo type, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? type.Properties.FirstOrDefault(property => property.IsRequired && !value.TryGetProperty(property.Name, out _))?.Name
        : null;

    private static string Excerpt(JsonElement value)
    {
        try
        {
            return TextRules.Excerpt(value.GetRawText().Trim('"'));
        }
        catch (InvalidOperationException)
        {
            return "(no valid UTF-8)";
        }
    }

    private static string WhatIsRight(Type type) =>
        type == typeof(string) ? "it must be a string of valid text."
        : type == typeof(bool) ? "it must be true or false."
        : type == typeof(double) ? "it must be a number."
        : type == typeof(long) || type == typeof(int) ? "it must be an integer."
        : type.IsEnum ? $"it must be one of {Names(type)}."
        : RequestJson.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable ? "it must be a list."
        : "it must be a JSON object.";

    private static string Names(Type type)
    {
        var names = Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName);
        return new StringBuilder().AppendJoin(", ", names).ToString();
    }
}
