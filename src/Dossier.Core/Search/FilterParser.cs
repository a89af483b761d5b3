using System.Globalization;
using System.Runtime.InteropServices;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Search;

/// <summary>
/// Reads a filter: <c>clause AND clause …</c>, a clause being <c>identifier comparator value</c>, <c>identifier [NOT] IN ('a', 'b')</c>
/// or <c>identifier IS [NOT] NULL</c>. Keywords and names of attributes are read without case.
/// </summary>
internal ref struct FilterParser
{
    private const int MaxLength = 200_000;
    private const int MaxClauses = 100;
    private const int MaxListItems = 5000;

    // SQLite refuses patterns above 50,000 bytes, and one character can take four.
    private const int MaxPattern = 10_000;
    private const int TokensInMessage = 8;

    private readonly ReadOnlySpan<char> _text;
    private readonly SearchSchema _schema;
    private readonly List<Token> _tokens;
    private int _at;
    private int _clauseStart;

    private FilterParser(ReadOnlySpan<char> text, SearchSchema schema)
    {
        _text = text;
        _schema = schema;
        _tokens = [];
        var lexer = new FilterLexer(text);
        do
        {
            _tokens.Add(lexer.Next());
        }
        while (_tokens[^1].Kind != TokenKind.End);
    }

    private readonly Token Current => _tokens[_at];

    /// <summary>The clauses of a filter; none for a null or blank one.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>, naming the clause that can't be understood and what would be right.</exception>
    public static IReadOnlyList<Clause> Parse(string? filter, SearchSchema schema)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return [];
        }

        var text = TextRules.Required(filter, "filter", MaxLength);
        return new FilterParser(text, schema).Clauses();
    }

    private List<Clause> Clauses()
    {
        var clauses = new List<Clause>();
        while (true)
        {
            _clauseStart = _at;
            clauses.Add(Clause());
            if (clauses.Count > MaxClauses)
            {
                throw ProtocolException.Invalid($"A filter may have at most {MaxClauses} clauses.");
            }

            if (Current.Kind == TokenKind.End)
            {
                return clauses;
            }

            if (!TryKeyword("AND"))
            {
                throw Fault("Join clauses with AND; OR, NOT and parentheses around clauses are not supported.");
            }
        }
    }

    private Clause Clause()
    {
        var identifier = Identifier();
        var comparator = Comparator();
        CheckComparator(identifier, comparator);
        var clause = new Clause(identifier.Entity, identifier.Key, comparator);
        return comparator switch
        {
            Search.Comparator.IsNull or Search.Comparator.IsNotNull => clause,
            Search.Comparator.In or Search.Comparator.NotIn => clause with { Texts = Texts() },
            Search.Comparator.Like or Search.Comparator.ILike => clause with { Text = Pattern() },
            _ when identifier.Values == ValueKind.Numbers => clause with { Number = Number() },
            _ => clause with { Text = Text() },
        };
    }

    private Identifier Identifier()
    {
        if (!IdentifierReader.CanStart(Current))
        {
            throw Fault("A clause must start with an identifier, e.g. metrics.accuracy, params.\"learning rate\" or attributes.status.");
        }

        var first = _at++;
        while (_at - first < 3 && IdentifierReader.GoesOn(_tokens[_at - 1], Current, _text))
        {
            _at++;
        }

        var parts = CollectionsMarshal.AsSpan(_tokens)[first.._at];
        var raw = _text[parts[0].Start..parts[^1].End];
        return IdentifierReader.Read(parts, _text, _schema, $"the filter clause '{TextRules.Excerpt(raw.ToString())}'");
    }

    private Comparator Comparator()
    {
        if (Current.Kind == TokenKind.Operator)
        {
            return _tokens[_at++].Raw(_text) switch
            {
                "=" => Search.Comparator.Equal,
                "!=" => Search.Comparator.NotEqual,
                "<" => Search.Comparator.Less,
                "<=" => Search.Comparator.LessOrEqual,
                ">" => Search.Comparator.Greater,
                _ => Search.Comparator.GreaterOrEqual,
            };
        }

        if (TryKeyword("LIKE"))
        {
            return Search.Comparator.Like;
        }

        if (TryKeyword("ILIKE"))
        {
            return Search.Comparator.ILike;
        }

        if (TryKeyword("IN"))
        {
            return Search.Comparator.In;
        }

        if (TryKeyword("NOT"))
        {
            return TryKeyword("IN") ? Search.Comparator.NotIn : throw Fault("Expected IN after NOT.");
        }

        if (!TryKeyword("IS"))
        {
            throw Fault("Expected a comparator: =, !=, <, <=, >, >=, LIKE, ILIKE, IN, NOT IN, IS NULL or IS NOT NULL.");
        }

        var comparator = TryKeyword("NOT") ? Search.Comparator.IsNotNull : Search.Comparator.IsNull;
        return TryKeyword("NULL") ? comparator : throw Fault("Expected NULL or NOT NULL after IS.");
    }

    private readonly void CheckComparator(Identifier identifier, Comparator comparator)
    {
        var (fits, known) = identifier.Values switch
        {
            ValueKind.Numbers => (comparator <= Search.Comparator.GreaterOrEqual, "=, !=, <, <=, > and >="),
            ValueKind.OptionalTexts => (
                comparator is Search.Comparator.Equal or Search.Comparator.NotEqual or Search.Comparator.Like or Search.Comparator.ILike
                    or Search.Comparator.IsNull or Search.Comparator.IsNotNull,
                "=, !=, LIKE, ILIKE, IS NULL and IS NOT NULL"),
            _ => (
                comparator is Search.Comparator.Equal or Search.Comparator.NotEqual or Search.Comparator.Like or Search.Comparator.ILike
                    or Search.Comparator.In or Search.Comparator.NotIn,
                "=, !=, LIKE, ILIKE, IN and NOT IN"),
        };
        if (!fits)
        {
            throw Fault($"'{TextRules.Excerpt(identifier.Key)}' can only be compared with {known}.");
        }
    }

    private double Number()
    {
        if (Current.Kind == TokenKind.Word
            && double.TryParse(Current.Raw(_text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
        {
            _at++;
            return number;
        }

        throw Fault("Expected a number without quotes as the value.");
    }

    private string Text()
    {
        if (Current.Kind is TokenKind.SingleQuotes or TokenKind.DoubleQuotes)
        {
            return _tokens[_at++].Value(_text);
        }

        throw Fault("Expected a string in single or double quotes as the value, e.g. 'my-value'.");
    }

    private string Pattern()
    {
        var pattern = Text();
        return pattern.Length <= MaxPattern
            ? pattern
            : throw ProtocolException.Invalid($"A LIKE or ILIKE pattern may have at most {MaxPattern} characters.");
    }

    private List<string> Texts()
    {
        if (Current.Kind != TokenKind.Open)
        {
            throw Fault("Expected a list after IN, e.g. ('a', 'b').");
        }

        var texts = new List<string>();
        do
        {
            _at++;
            texts.Add(Text());
            if (texts.Count > MaxListItems)
            {
                throw ProtocolException.Invalid($"A list in a filter may have at most {MaxListItems} items.");
            }
        }
        while (Current.Kind == TokenKind.Comma);

        return _tokens[_at++].Kind == TokenKind.Close ? texts : throw Fault("Expected ')' at the end of the list.");
    }

    private bool TryKeyword(string keyword)
    {
        if (!IsKeyword(Current, keyword))
        {
            return false;
        }

        _at++;
        return true;
    }

    private readonly bool IsKeyword(Token token, string keyword) =>
        token.Kind == TokenKind.Word && token.Raw(_text).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private readonly ProtocolException Fault(string hint)
    {
        var pieces = new List<string>();
        for (var i = _clauseStart; i < _tokens.Count && pieces.Count < TokensInMessage; i++)
        {
            if (_tokens[i].Kind == TokenKind.End || IsKeyword(_tokens[i], "AND"))
            {
                break;
            }

            pieces.Add($"'{TextRules.Excerpt(_tokens[i].Raw(_text).ToString())}'");
        }

        var clause = pieces.Count == 0 ? "'AND'" : string.Join(", ", pieces);
        return ProtocolException.Invalid($"Invalid clause(s) in filter string: {clause}. {hint}");
    }
}
