using System.Text;
using System.Text.Json;
using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Server.Scim;

/// <summary>
/// Reads SCIM's filters: <c>attribute eq|ne|co|sw value</c> with <c>and</c>, which binds closer, <c>or</c> and parentheses; words in any case.
/// </summary>
internal sealed class ScimFilterParser
{
    private const int LongestFilter = 4000;
    private const int MostComparisons = 50;
    private const int DeepestParentheses = 20;

    private readonly ScimKind _kind;
    private readonly IReadOnlyList<string> _tokens;
    private int _next;
    private int _comparisons;
    private int _depth;

    private ScimFilterParser(ScimKind kind, IReadOnlyList<string> tokens) => (_kind, _tokens) = (kind, tokens);

    /// <summary>The filter; null where there is none.</summary>
    /// <exception cref="ProtocolException">It can't be understood (<c>invalidFilter</c>).</exception>
    public static PrincipalFilter? Parse(string? filter, ScimKind kind)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return null;
        }

        if (filter.Length > LongestFilter || filter.Contains('\0'))
        {
            throw Wrong($"it may have at most {LongestFilter} characters, and not the character NUL");
        }

        var parser = new ScimFilterParser(kind, Tokens(filter));
        var parsed = parser.Either();
        return parser._next == parser._tokens.Count ? parsed : throw Wrong($"'and' or 'or' is missing before '{parser.Peek()}'");
    }

    /// <summary>The attribute of a path: without the schema before it and the condition in it, so that <c>emails[type eq "work"].value</c> is <c>emails.value</c>.</summary>
    public static string Plain(string path)
    {
        var (open, close) = (path.IndexOf('[', StringComparison.Ordinal), path.LastIndexOf(']'));
        var plain = open >= 0 && close > open ? string.Concat(path.AsSpan(0, open), path.AsSpan(close + 1)) : path;
        return plain.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? plain[(plain.LastIndexOf(':') + 1)..] : plain;
    }

    private PrincipalFilter Either()
    {
        var left = Both();
        while (TakeWord("or"))
        {
            left = new PrincipalFilter.Or(left, Both());
        }

        return left;
    }

    private PrincipalFilter Both()
    {
        var left = One();
        while (TakeWord("and"))
        {
            left = new PrincipalFilter.And(left, One());
        }

        return left;
    }

    private PrincipalFilter One()
    {
        if (!TakeWord("("))
        {
            return Comparison();
        }

        if (++_depth > DeepestParentheses)
        {
            throw Wrong($"its parentheses are nested more than {DeepestParentheses} deep");
        }

        var inner = Either();
        _depth--;
        return TakeWord(")") ? inner : throw Wrong("a ')' is missing");
    }

    private PrincipalFilter.Compare Comparison()
    {
        if (++_comparisons > MostComparisons)
        {
            throw Wrong($"it has more than {MostComparisons} comparisons");
        }

        var name = Plain(Take("an attribute"));
        var field = _kind.Field(name) ?? throw Wrong($"'{TextRules.Excerpt(name)}' is none of {_kind.Fields}");
        var word = Take("an operator");
        PrincipalOperator? operation = word.ToUpperInvariant() switch
        {
            "EQ" => PrincipalOperator.Equal,
            "NE" => PrincipalOperator.NotEqual,
            "CO" => PrincipalOperator.Contains,
            "SW" => PrincipalOperator.StartsWith,
            _ => null,
        };
        var value = Value(Take("a value"));
        if (operation is null || (field == PrincipalField.Active && operation is not (PrincipalOperator.Equal or PrincipalOperator.NotEqual)))
        {
            throw Wrong($"'{TextRules.Excerpt(word)}' does not compare '{name}'; there are eq, ne, co and sw, and for active eq and ne");
        }

        return new(field, operation.Value, field == PrincipalField.Active ? Truth(value) : value);
    }

    private static string Truth(string value) =>
        bool.TryParse(value, out var truth) ? truth ? "true" : "false" : throw Wrong("active is compared with true or false");

    private static string Value(string token)
    {
        if (!token.StartsWith('"'))
        {
            // A number or a truth, as it stands; anything else was meant to be a text.
            return token.All(char.IsAsciiLetterOrDigit) ? token : throw Wrong($"the value {TextRules.Excerpt(token)} must be in double quotes");
        }

        try
        {
            return JsonElement.Parse(token).GetString()!;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Wrong($"the value {TextRules.Excerpt(token)} is no JSON text");
        }
    }

    private string Take(string what) => _next < _tokens.Count ? _tokens[_next++] : throw Wrong($"{what} is missing at its end");

    private bool TakeWord(string word)
    {
        if (!Peek().Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _next++;
        return true;
    }

    private string Peek() => _next < _tokens.Count ? _tokens[_next] : "";

    // White space and parentheses part tokens, unless they are inside quotes or brackets.
    private static List<string> Tokens(string filter)
    {
        var (tokens, token, quoted, brackets) = (new List<string>(), new StringBuilder(), false, 0);
        for (var at = 0; at < filter.Length; at++)
        {
            var character = filter[at];
            if (quoted && character == '\\' && at + 1 < filter.Length)
            {
                token.Append(character).Append(filter[++at]);
                continue;
            }

            quoted ^= character == '"';
            brackets += quoted ? 0 : character switch { '[' => 1, ']' => -1, _ => 0 };
            var parts = !quoted && brackets <= 0;
            if (!parts || !(char.IsWhiteSpace(character) || character is '(' or ')'))
            {
                token.Append(character);
                continue;
            }

            End();
            if (character is '(' or ')')
            {
                tokens.Add(character.ToString());
            }
        }

        if (quoted)
        {
            throw Wrong("a text in it has no end");
        }

        End();
        return tokens;

        void End()
        {
            if (token.Length > 0)
            {
                tokens.Add(token.ToString());
                token.Clear();
            }
        }
    }

    private static ProtocolException Wrong(string why) =>
        ScimErrors.Of("invalidFilter", $"The filter can't be understood: {why}. A filter is e.g. userName eq \"ann@example.com\" and active eq true.");
}
