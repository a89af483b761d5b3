using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Storage.Events;

/// <summary>A field of an object before and after; null where there was or is nothing.</summary>
/// <param name="Field">The field's name on the wire; a tag is <c>tags.KEY</c>.</param>
/// <param name="From">The value before.</param>
/// <param name="To">The value after.</param>
internal readonly record struct FieldChange(string Field, string? From, string? To);

/// <summary>Keys that were added by append-only logging.</summary>
/// <param name="Name">What was logged, e.g. <c>metrics</c>.</param>
/// <param name="Count">How many items.</param>
/// <param name="Keys">Their keys, each once.</param>
internal readonly record struct Appended(string Name, int Count, IReadOnlyCollection<string> Keys);

/// <summary>
/// Builds the JSON of an event: <c>{"metrics":{"count":…,"keys":[…]},"changes":[{"field":…,"from":…,"to":…}]}</c>.
/// Lists to which nothing was added are left out. Its size is bounded: long values are cut and say so, long lists end with the number left out.
/// </summary>
internal static class EventDetail
{
    private const int LongestValue = 1000;
    private const int LongestList = 100;

    // The text is stored, never put into a page as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static (MemoryStream Stream, Utf8JsonWriter Json)? s_writer;

    public static string Changes(params ReadOnlySpan<FieldChange> changes) => Of([], changes);

    /// <summary>The JSON of an event that changed nothing: <c>{"NAME":"VALUE",…}</c>; fields without a value are left out.</summary>
    public static string Facts(IReadOnlyList<(string Name, string? Value)> facts)
    {
        var json = Begin();
        foreach (var (name, value) in facts.Where(static fact => fact.Value is not null))
        {
            json.WriteString(name, Shown(name, value));
        }

        return End();
    }

    public static string Of(ReadOnlySpan<Appended> appended, ReadOnlySpan<FieldChange> changes)
    {
        var json = Begin();
        foreach (var list in appended)
        {
            if (list.Count > 0)
            {
                Write(json, list);
            }
        }

        if (!changes.IsEmpty)
        {
            Write(json, changes);
        }

        return End();
    }

    private static Utf8JsonWriter Begin()
    {
        var (stream, json) = s_writer ??= Writer();
        stream.SetLength(0);
        json.Reset();
        json.WriteStartObject();
        return json;
    }

    private static string End()
    {
        var (stream, json) = s_writer!.Value;
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static (MemoryStream Stream, Utf8JsonWriter Json) Writer()
    {
        var stream = new MemoryStream(1024);
        return (stream, new Utf8JsonWriter(stream, Options));
    }

    private static void Write(Utf8JsonWriter json, Appended list)
    {
        json.WriteStartObject(list.Name);
        json.WriteNumber("count", list.Count);
        json.WriteStartArray("keys");
        foreach (var key in list.Keys.Take(LongestList))
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        LeftOut(json, "keys_left_out", list.Keys.Count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<FieldChange> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes[..Math.Min(changes.Length, LongestList)])
        {
            json.WriteStartObject();
            json.WriteString("field", change.Field);
            json.WriteString("from", Shown(change.Field, change.From));
            json.WriteString("to", Shown(change.Field, change.To));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        LeftOut(json, "changes_left_out", changes.Length);
    }

    private static void LeftOut(Utf8JsonWriter json, string name, int count)
    {
        if (count > LongestList)
        {
            json.WriteNumber(name, count - LongestList);
        }
    }

    // No secret is repeated: neither a tag's or param's that is named like one, nor a URI's.
    private static string? Shown(string field, string? value) => value is null
        ? null
        : Cut(Redaction.Of(field.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? SecretNames.Hide(field[(dot + 1)..], value)! : value));

    private static string Cut(string value)
    {
        if (value.Length <= LongestValue)
        {
            return value;
        }

        var end = char.IsHighSurrogate(value[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return $"{value.AsSpan(0, end)}… ({value.Length - end} characters more)";
    }
}
