using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Dossier.Protocol.Json;

/// <summary>
/// Reads JSON text as MLflow's Python clients do: order and number tokens are kept, <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> are
/// accepted, a repeated member takes its last value in its first position. Nesting is bounded.
/// </summary>
public sealed class JsonReader
{
    /// <summary>The deepest nesting that is read: far above any record, far below what would endanger the stack.</summary>
    public const int MaxDepth = 128;

    private readonly string text;
    private readonly int maxDepth;
    private int position;
    private string problem = "a value is expected";

    private JsonReader(string text, int maxDepth)
    {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /// <summary>Reads one value that fills the whole text, white space around it aside.</summary>
    /// <exception cref="FormatException">The text is no JSON, or nested too deeply; the message names the place.</exception>
    public static JsonValue Parse(string text, int maxDepth = MaxDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new JsonReader(text, maxDepth);
        return reader.ReadAll() ?? throw new FormatException(
            $"Not JSON at character {reader.position.ToString(CultureInfo.InvariantCulture)}: {reader.problem}.");
    }

    /// <summary>As <see cref="Parse"/>, for texts that may well be something else.</summary>
    public static bool TryParse(string text, int maxDepth, [NotNullWhen(true)] out JsonValue? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = new JsonReader(text, maxDepth).ReadAll();
        return value is not null;
    }

    private JsonValue? ReadAll()
    {
        var value = ReadValue(0);
        if (value is null)
        {
            return null;
        }

        SkipSpace();
        return position == text.Length ? value : Fail("the text goes on after the value");
    }

    private JsonValue? ReadValue(int depth)
    {
        SkipSpace();
        if (position == text.Length)
        {
            return Fail("the text ends where a value is expected");
        }

        return text[position] switch
        {
            '{' => depth < maxDepth ? ReadObject(depth + 1) : Fail("it is nested too deeply"),
            '[' => depth < maxDepth ? ReadArray(depth + 1) : Fail("it is nested too deeply"),
            '"' => ReadString() is { } read ? new JsonString(read) : null,
            _ => ReadWord(),
        };
    }

    private JsonValue? ReadWord()
    {
        return Eat("null") ? JsonNull.Value
            : Eat("true") ? new JsonBool(true)
            : Eat("false") ? new JsonBool(false)
            : Eat("NaN") ? new JsonNumber("NaN")
            : Eat("Infinity") ? new JsonNumber("Infinity")
            : Eat("-Infinity") ? new JsonNumber("-Infinity")
            : ReadNumber();
    }

    private JsonValue? ReadNumber()
    {
        var start = position;
        Eat("-");
        if (!Eat("0") && !EatDigits())
        {
            position = start;
            return Fail("a value is expected");
        }

        var mark = position;
        if (Eat(".") && !EatDigits())
        {
            position = mark;
        }

        mark = position;
        if (Eat("e") || Eat("E"))
        {
            _ = Eat("+") || Eat("-");
            if (!EatDigits())
            {
                position = mark;
            }
        }

        return new JsonNumber(text[start..position]);
    }

    private JsonArray? ReadArray(int depth)
    {
        position++;
        var array = new JsonArray();
        if (EatAfterSpace(']'))
        {
            return array;
        }

        while (ReadValue(depth) is { } item)
        {
            array.Add(item);
            if (EatAfterSpace(']'))
            {
                return array;
            }

            if (!EatAfterSpace(','))
            {
                Fail("',' or ']' is expected");
                return null;
            }
        }

        return null;
    }

    private JsonObject? ReadObject(int depth)
    {
        position++;
        var members = new JsonObject();
        if (EatAfterSpace('}'))
        {
            return members;
        }

        while (true)
        {
            SkipSpace();
            if (position == text.Length || text[position] != '"')
            {
                Fail("a member name in double quotes is expected");
                return null;
            }

            if (ReadString() is not { } key)
            {
                return null;
            }

            if (!EatAfterSpace(':'))
            {
                Fail("':' is expected");
                return null;
            }

            if (ReadValue(depth) is not { } value)
            {
                return null;
            }

            members[key] = value;
            if (EatAfterSpace('}'))
            {
                return members;
            }

            if (!EatAfterSpace(','))
            {
                Fail("',' or '}' is expected");
                return null;
            }
        }
    }

    private string? ReadString()
    {
        position++;
        var plain = text.AsSpan(position).IndexOfAny('"', '\\');
        if (plain >= 0 && text[position + plain] == '"' && !HasControl(text.AsSpan(position, plain)))
        {
            var simple = text.Substring(position, plain);
            position += plain + 1;
            return simple;
        }

        var read = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            switch (c)
            {
                case '"':
                    return read.ToString();
                case '\\' when ReadEscape() is { } escaped:
                    read.Append(escaped);
                    break;
                case '\\' or < ' ':
                    Fail(c == '\\' ? "an escape is not one of JSON's" : "a control character in a string must be escaped");
                    return null;
                default:
                    read.Append(c);
                    break;
            }
        }

        Fail("a string is not closed");
        return null;
    }

    private char? ReadEscape()
    {
        var c = position < text.Length ? text[position++] : '\0';
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ReadHex(),
            _ => null,
        };
    }

    private char? ReadHex()
    {
        if (position + 4 > text.Length
            || !ushort.TryParse(text.AsSpan(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            return null;
        }

        position += 4;
        return (char)unit;
    }

    private JsonValue? Fail(string what)
    {
        problem = what;
        return null;
    }

    private static bool HasControl(ReadOnlySpan<char> span) => span.IndexOfAnyInRange('\0', '\u001f') >= 0;

    private bool Eat(string word)
    {
        if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0)
        {
            return false;
        }

        position += word.Length;
        return true;
    }

    private bool EatDigits()
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return position > start;
    }

    private bool EatAfterSpace(char c)
    {
        SkipSpace();
        if (position == text.Length || text[position] != c)
        {
            return false;
        }

        position++;
        return true;
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\n' or '\r')
        {
            position++;
        }
    }
}
