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

    private readonly string _text;
    private readonly int _maxDepth;
    private int _position;
    private string _problem = "a value is expected";

    private JsonReader(string text, int maxDepth)
    {
        _text = text;
        _maxDepth = maxDepth;
    }

    /// <summary>Reads one value that fills the whole text, white space around it aside.</summary>
    /// <exception cref="FormatException">The text is no JSON, or nested too deeply; the message names the place.</exception>
    public static RecordValue Parse(string text, int maxDepth = MaxDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reader = new JsonReader(text, maxDepth);
        return reader.ReadAll() ?? throw new FormatException(
            $"Not JSON at character {reader._position.ToString(CultureInfo.InvariantCulture)}: {reader._problem}.");
    }

    /// <summary>As <see cref="Parse"/>, for texts that may well be something else.</summary>
    public static bool TryParse(string text, int maxDepth, [NotNullWhen(true)] out RecordValue? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = new JsonReader(text, maxDepth).ReadAll();
        return value is not null;
    }

    private RecordValue? ReadAll()
    {
        var value = ReadValue(0);
        if (value is null)
        {
            return null;
        }

        SkipSpace();
        return _position == _text.Length ? value : Fail("the text goes on after the value");
    }

    private RecordValue? ReadValue(int depth)
    {
        SkipSpace();
        if (_position == _text.Length)
        {
            return Fail("the text ends where a value is expected");
        }

        return _text[_position] switch
        {
            '{' => depth < _maxDepth ? ReadObject(depth + 1) : Fail("it is nested too deeply"),
            '[' => depth < _maxDepth ? ReadArray(depth + 1) : Fail("it is nested too deeply"),
            '"' => ReadString() is { } read ? new RecordText(read) : null,
            _ => ReadWord(),
        };
    }

    private RecordValue? ReadWord()
    {
        return Eat("null") ? RecordNull.Value
            : Eat("true") ? new RecordBool(true)
            : Eat("false") ? new RecordBool(false)
            : Eat("NaN") ? new RecordNumber("NaN")
            : Eat("Infinity") ? new RecordNumber("Infinity")
            : Eat("-Infinity") ? new RecordNumber("-Infinity")
            : ReadNumber();
    }

    private RecordValue? ReadNumber()
    {
        var start = _position;
        Eat("-");
        if (!Eat("0") && !EatDigits())
        {
            _position = start;
            return Fail("a value is expected");
        }

        var mark = _position;
        if (Eat(".") && !EatDigits())
        {
            _position = mark;
        }

        mark = _position;
        if (Eat("e") || Eat("E"))
        {
            _ = Eat("+") || Eat("-");
            if (!EatDigits())
            {
                _position = mark;
            }
        }

        return new RecordNumber(_text[start.._position]);
    }

    private RecordList? ReadArray(int depth)
    {
        _position++;
        var array = new RecordList();
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

    private RecordObject? ReadObject(int depth)
    {
        _position++;
        var members = new RecordObject();
        if (EatAfterSpace('}'))
        {
            return members;
        }

        while (true)
        {
            SkipSpace();
            if (_position == _text.Length || _text[_position] != '"')
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
        _position++;
        var plain = _text.AsSpan(_position).IndexOfAny('"', '\\');
        if (plain >= 0 && _text[_position + plain] == '"' && !HasControl(_text.AsSpan(_position, plain)))
        {
            var simple = _text.Substring(_position, plain);
            _position += plain + 1;
            return simple;
        }

        var read = new StringBuilder();
        while (_position < _text.Length)
        {
            var c = _text[_position++];
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
        var c = _position < _text.Length ? _text[_position++] : '\0';
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
        if (_position + 4 > _text.Length
            || !ushort.TryParse(_text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            return null;
        }

        _position += 4;
        return (char)unit;
    }

    private RecordValue? Fail(string what)
    {
        _problem = what;
        return null;
    }

    private static bool HasControl(ReadOnlySpan<char> span) => span.IndexOfAnyInRange('\0', '\u001f') >= 0;

    private bool Eat(string word)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    private bool EatDigits()
    {
        var start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        return _position > start;
    }

    private bool EatAfterSpace(char c)
    {
        SkipSpace();
        if (_position == _text.Length || _text[_position] != c)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }
    }
}
