using System.Globalization;
using System.Text;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>
/// Values as Python prints them, the form of the reports that went before: a string bare, and inside containers as a quoted literal.
/// </summary>
public static class PythonText
{
    /// <summary>The text of a value: <c>None</c>, <c>True</c>, <c>1.0</c>, <c>bare text</c>, <c>['a', {'b': None}]</c>.</summary>
    public static string Of(RecordValue value)
    {
        if (value is RecordText text)
        {
            return text.Value;
        }

        var output = new StringBuilder();
        Append(output, value);
        return output.ToString();
    }

    private static void Append(StringBuilder output, RecordValue value)
    {
        switch (value)
        {
            case RecordNull:
                output.Append("None");
                break;
            case RecordBool truth:
                output.Append(truth.Value ? "True" : "False");
                break;
            case RecordNumber number:
                output.Append(number.Text);
                break;
            case RecordText text:
                AppendLiteral(output, text.Value);
                break;
            case RecordList array:
                AppendArray(output, array);
                break;
            case RecordObject members:
                AppendObject(output, members);
                break;
        }
    }

    private static void AppendArray(StringBuilder output, RecordList array)
    {
        output.Append('[');
        var separator = "";
        foreach (var item in array)
        {
            output.Append(separator);
            Append(output, item);
            separator = ", ";
        }

        output.Append(']');
    }

    private static void AppendObject(StringBuilder output, RecordObject members)
    {
        output.Append('{');
        var separator = "";
        foreach (var (key, value) in members)
        {
            output.Append(separator);
            AppendLiteral(output, key);
            output.Append(": ");
            Append(output, value);
            separator = ", ";
        }

        output.Append('}');
    }

    private static void AppendLiteral(StringBuilder output, string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            // A lone surrogate is a code point of its own here.
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            AppendCodePoint(output, isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i], quote);
        }

        output.Append(quote);
    }

    private static void AppendCodePoint(StringBuilder output, int codePoint, char quote)
    {
        _ = codePoint switch
        {
            '\\' => output.Append(@"\\"),
            '\t' => output.Append(@"\t"),
            '\n' => output.Append(@"\n"),
            '\r' => output.Append(@"\r"),
            _ when codePoint == quote => output.Append('\\').Append(quote),
            _ when IsPrintable(codePoint) && codePoint > char.MaxValue => output.Append(char.ConvertFromUtf32(codePoint)),
            _ when IsPrintable(codePoint) => output.Append((char)codePoint),
            < 0x100 => output.Append(@"\x").Append(Hex(codePoint, "x2")),
            < 0x10000 => output.Append(@"\u").Append(Hex(codePoint, "x4")),
            _ => output.Append(@"\U").Append(Hex(codePoint, "x8")),
        };
    }

    private static string Hex(int codePoint, string format) => codePoint.ToString(format, CultureInfo.InvariantCulture);

    private static bool IsPrintable(int codePoint) => codePoint == ' ' || CharUnicodeInfo.GetUnicodeCategory(codePoint) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
