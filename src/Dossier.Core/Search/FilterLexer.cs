namespace Dossier.Core.Search;

/// <summary>Cuts a filter into tokens in one pass.</summary>
internal ref struct FilterLexer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>The next token; <see cref="TokenKind.End"/> at and after the end.</summary>
    public Token Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        if (_at == _text.Length)
        {
            return new(TokenKind.End, _at, _at);
        }

        return _text[_at] switch
        {
            '`' => Quoted(TokenKind.Backticks),
            '"' => Quoted(TokenKind.DoubleQuotes),
            '\'' => Quoted(TokenKind.SingleQuotes),
            '(' => Take(TokenKind.Open, 1),
            ')' => Take(TokenKind.Close, 1),
            ',' => Take(TokenKind.Comma, 1),
            '=' => Take(TokenKind.Operator, 1),
            '<' or '>' => Take(TokenKind.Operator, FollowedByEquals() ? 2 : 1),
            '!' => FollowedByEquals() ? Take(TokenKind.Operator, 2) : Take(TokenKind.Bad, 1),
            var c when IsWord(c) => Word(),
            // Both halves of a wide character, so that it can be shown.
            var c => Take(TokenKind.Bad, char.IsHighSurrogate(c) && _at + 1 < _text.Length ? 2 : 1),
        };
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '+' or '/' or ':';

    private readonly bool FollowedByEquals() => _at + 1 < _text.Length && _text[_at + 1] == '=';

    private Token Word()
    {
        var length = 1;
        while (_at + length < _text.Length && IsWord(_text[_at + length]))
        {
            length++;
        }

        return Take(TokenKind.Word, length);
    }

    private Token Quoted(TokenKind kind)
    {
        var quote = _text[_at];
        for (var i = _at + 1; i < _text.Length; i++)
        {
            if (_text[i] != quote)
            {
                continue;
            }

            if (i + 1 < _text.Length && _text[i + 1] == quote)
            {
                i++;
                continue;
            }

            return Take(kind, i + 1 - _at);
        }

        return Take(TokenKind.Bad, _text.Length - _at);
    }

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, _at, _at + length);
        _at = token.End;
        return token;
    }
}
