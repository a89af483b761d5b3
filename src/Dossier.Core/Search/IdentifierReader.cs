using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Search;

/// <summary>An identifier of a filter or order, understood.</summary>
/// <param name="Entity">The prefix of the key.</param>
/// <param name="Key">The attribute's canonical name, or the key.</param>
/// <param name="Values">What it can be compared with.</param>
internal readonly record struct Identifier(SearchEntity Entity, string Key, ValueKind Values);

/// <summary>Reads <c>key</c>, <c>entity.key</c> and <c>entity.`odd key`</c>.</summary>
internal static class IdentifierReader
{
    /// <summary>
    /// Whether this token goes on with the identifier that <paramref name="before"/> began: a quoted part directly after a dot, or a dot
    /// after quotes.
    /// </summary>
    public static bool GoesOn(Token before, Token next, ReadOnlySpan<char> text) =>
        before.End == next.Start
        && ((IsPart(next) && before.Kind == TokenKind.Word && text[before.End - 1] == '.')
            || (next.Kind == TokenKind.Word && IsPart(before) && text[next.Start] == '.'));

    /// <summary>Whether an identifier can start with this token.</summary>
    public static bool CanStart(Token token) => token.Kind == TokenKind.Word || IsPart(token);

    /// <summary>Understands the tokens of one identifier.</summary>
    /// <param name="parts">One to three tokens, each <see cref="GoesOn"/> after the one before.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="schema">What may be named.</param>
    /// <param name="what">What to name in an error.</param>
    public static Identifier Read(ReadOnlySpan<Token> parts, ReadOnlySpan<char> text, SearchSchema schema, string what)
    {
        var (entityName, key) = Split(parts, text);
        if (string.IsNullOrEmpty(key) || key.Length > Limits.Key || key.Contains('\0', StringComparison.Ordinal))
        {
            throw ProtocolException.Invalid($"Invalid key '{TextRules.Excerpt(key)}' in {what}: a key must have 1 to {Limits.Key} characters, none of them NUL.");
        }

        var entity = schema.Entity(entityName, what);
        var (name, values) = schema.Key(entity, key, what);
        return new(entity, name, values);
    }

    private static bool IsPart(Token token) => token.Kind is TokenKind.Backticks or TokenKind.DoubleQuotes;

    // An empty key means that the parts do not fit together.
    private static (string? Entity, string Key) Split(ReadOnlySpan<Token> parts, ReadOnlySpan<char> text)
    {
        var first = parts[0].Value(text);
        if (parts.Length == 1)
        {
            var dot = IsPart(parts[0]) ? -1 : first.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? (null, first) : (first[..dot], first[(dot + 1)..]);
        }

        if (!IsPart(parts[0]))
        {
            return (first[..^1], parts.Length == 2 ? parts[1].Value(text) : "");
        }

        var rest = parts[1].Value(text)[1..];
        return (first, parts.Length == 2 ? rest : rest.Length == 0 ? parts[2].Value(text) : "");
    }
}
