using System.Globalization;
using System.Text;

namespace Dossier.Protocol.Json;

/// <summary>
/// Writes JSON as data documents and the report's fences hold it: two spaces of indent, <c>": "</c>, empty containers as <c>{}</c> and
/// <c>[]</c>, everything outside U+0020…U+007E escaped, floats as <see cref="FloatText"/>; no final line end.
/// </summary>
public static class JsonWriter
{
    /// <summary>The text of a value.</summary>
    public static string Write(RecordValue value)
    {
        var output = new StringBuilder();
        Write(output, value, 0);
        return output.ToString();
    }

    private static void Write(StringBuilder output, RecordValue value, int depth)
    {
        switch (value)
        {
            case RecordNull:
                output.Append("null");
                break;
            case RecordBool truth:
                output.Append(truth.Value ? "true" : "false");
                break;
            case RecordNumber number:
                output.Append(NumberToken(number));
                break;
            case RecordText text:
                WriteString(output, text.Value);
                break;
            case RecordList array:
                WriteContainer(output, '[', ']', array, depth, static (_, _) => { }, static item => item);
                break;
            case RecordObject members:
                WriteContainer(output, '{', '}', members, depth, static (to, member) => WriteKey(to, member.Key), static member => member.Value);
                break;
        }
    }

    private static void WriteContainer<T>(
        StringBuilder output, char open, char close, IReadOnlyCollection<T> items, int depth, Action<StringBuilder, T> before, Func<T, RecordValue> valueOf)
    {
        output.Append(open);
        var first = true;
        foreach (var item in items)
        {
            output.Append(first ? "\n" : ",\n").Append(' ', 2 * (depth + 1));
            before(output, item);
            Write(output, valueOf(item), depth + 1);
            first = false;
        }

        if (!first)
        {
            output.Append('\n').Append(' ', 2 * depth);
        }

        output.Append(close);
    }

    private static void WriteKey(StringBuilder output, string key)
    {
        WriteString(output, key);
        output.Append(": ");
    }

    private static string NumberToken(RecordNumber number) => number.Text switch
    {
        "nan" => "NaN",
        "inf" => "Infinity",
        "-inf" => "-Infinity",
        var text => text,
    };

    private static void WriteString(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\b' => output.Append("\\b"),
                '\f' => output.Append("\\f"),
                >= ' ' and <= '~' => output.Append(c),
                _ => output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        output.Append('"');
    }
}
