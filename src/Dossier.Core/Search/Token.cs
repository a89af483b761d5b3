namespace Dossier.Core.Search;

/// <summary>The kinds of tokens of a filter.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>Unquoted: an identifier, keyword or number.</summary>
    Word,

    /// <summary>In backticks.</summary>
    Backticks,

    /// <summary>In double quotes: an identifier or a string.</summary>
    DoubleQuotes,

    /// <summary>In single quotes: a string.</summary>
    SingleQuotes,

    /// <summary><c>= != &lt; &lt;= &gt; &gt;=</c></summary>
    Operator,

    /// <summary><c>(</c></summary>
    Open,

    /// <summary><c>)</c></summary>
    Close,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary>A character that has no place in a filter, or a quote that is never closed.</summary>
    Bad,
}

/// <summary>A piece of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where the next thing may start.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    /// <summary>Whether it is in any kind of quotes.</summary>
    public bool IsQuoted => Kind is TokenKind.Backticks or TokenKind.DoubleQuotes or TokenKind.SingleQuotes;

    /// <summary>The token's text, unchanged.</summary>
    public ReadOnlySpan<char> Raw(ReadOnlySpan<char> text) => text[Start..End];

    /// <summary>Its meaning: without quotes, doubled quotes inside as one.</summary>
    public string Value(ReadOnlySpan<char> text)
    {
        if (!IsQuoted)
        {
            return Raw(text).ToString();
        }

        var quote = text[Start].ToString();
        return text[(Start + 1)..(End - 1)].ToString().Replace(quote + quote, quote, StringComparison.Ordinal);
    }
}
