using System.Globalization;
using Dossier.Core.Search;

namespace Dossier.Core.Tests.Search;

/// <summary>Writes clauses as a client would.</summary>
internal static class FilterText
{
    public static string Write(IEnumerable<Clause> clauses, string and = " AND ", char keyQuote = '`', char textQuote = '\'') =>
        string.Join(and, clauses.Select(clause => Write(clause, keyQuote, textQuote)));

    private static string Write(Clause clause, char keyQuote, char textQuote)
    {
        var value = clause switch
        {
            { Number: { } number } => number.ToString("R", CultureInfo.InvariantCulture),
            { Texts: { } texts } => $"({string.Join(", ", texts.Select(text => Quote(text, textQuote)))})",
            { Text: { } text } => Quote(text, textQuote),
            _ => "",
        };
        return $"{clause.Entity}.{Quote(clause.Key, keyQuote)} {Write(clause.Comparator)} {value}";
    }

    public static string Write(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "!=",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        Comparator.Like => "LIKE",
        Comparator.ILike => "ILIKE",
        Comparator.In => "IN",
        Comparator.NotIn => "NOT IN",
        Comparator.IsNull => "IS NULL",
        _ => "IS NOT NULL",
    };

    /// <summary>A clause as text that two equal clauses share (records compare lists by reference).</summary>
    public static string Show(Clause clause) => Show(clause, "\u0001");

    /// <summary>The same, with the items of its list joined by something that none of them holds.</summary>
    public static string Show(Clause clause, string join) =>
        $"{clause.Entity}|{clause.Key}|{clause.Comparator}|{clause.Text}|{clause.Number?.ToString("R", CultureInfo.InvariantCulture)}|{string.Join(join, clause.Texts ?? [])}";

    private static string Quote(string text, char quote) => $"{quote}{text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}";
}
