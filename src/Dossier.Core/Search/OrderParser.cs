using System.Runtime.InteropServices;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Search;

/// <summary>Reads the columns of an order: <c>identifier [ASC|DESC]</c> each.</summary>
internal static class OrderParser
{
    // Each column of a param, tag or metric is a join; SQLite joins at most 64 tables.
    private const int MaxColumns = 20;
    private const int MaxLength = 1000;

    /// <summary>The columns, each once: the first mention counts.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>, naming the column that can't be understood.</exception>
    public static IReadOnlyList<OrderColumn> Parse(IReadOnlyList<string>? columns, SearchSchema schema) =>
    [
        .. ListRules.Each(ListRules.Bounded(columns, "order_by", MaxColumns), "order_by", (column, field) => Column(column, field, schema))
            .DistinctBy(column => (column.Entity, column.Key)),
    ];

    private static OrderColumn Column(string column, string field, SearchSchema schema)
    {
        ReadOnlySpan<char> text = TextRules.Required(column, field, MaxLength);
        var tokens = new List<Token>();
        var lexer = new FilterLexer(text);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            tokens.Add(token);
        }

        var length = tokens.Count > 0 && IdentifierReader.CanStart(tokens[0]) ? 1 : throw Invalid(column, field);
        while (length < tokens.Count && length < 3 && IdentifierReader.GoesOn(tokens[length - 1], tokens[length], text))
        {
            length++;
        }

        var identifier = IdentifierReader.Read(CollectionsMarshal.AsSpan(tokens)[..length], text, schema, $"{field} '{TextRules.Excerpt(column)}'");
        if (!identifier.Entity.IsOrdered)
        {
            throw ProtocolException.InvalidValue(TextRules.Excerpt(column), field, $"ordering by {identifier.Entity} is not supported.");
        }

        var isDescending = (tokens.Count - length) switch
        {
            0 => false,
            1 when Is(tokens[length], text, "ASC") => false,
            1 when Is(tokens[length], text, "DESC") => true,
            _ => throw Invalid(column, field),
        };
        return new(identifier.Entity, identifier.Key, isDescending);
    }

    private static bool Is(Token token, ReadOnlySpan<char> text, string keyword) =>
        token.Kind == TokenKind.Word && token.Raw(text).Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private static ProtocolException Invalid(string column, string field) => ProtocolException.Invalid(
        $"Invalid order_by clause '{TextRules.Excerpt(column)}' in {field}: use a column, optionally followed by ASC or DESC, e.g. 'metrics.accuracy DESC'.");
}
