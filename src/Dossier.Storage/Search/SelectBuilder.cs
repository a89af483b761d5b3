using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Search;

/// <summary>Collects the parts of one select. Every value becomes a parameter; only names of our own become text.</summary>
internal sealed class SelectBuilder(Dialect dialect)
{
    // SQLite refuses patterns above 50,000 bytes, and one character can take four.
    private const int LongestPattern = 10_000;

    public Dialect Dialect { get; } = dialect;

    public List<SqlValue> Values { get; } = [];

    public List<string> Joins { get; } = [];

    public List<string> Conditions { get; } = [];

    /// <summary>Adds a parameter and gives its number.</summary>
    public int Number(SqlValue value)
    {
        Values.Add(value);
        return Values.Count;
    }

    /// <summary>Adds a parameter and gives its place in the text, e.g. <c>$3</c>.</summary>
    public string Parameter(SqlValue value) => $"${Number(value)}";

    /// <summary>The condition that a list parameter holds the expression.</summary>
    public string In(string expression, IReadOnlyList<string> values) => Dialect.In(expression, Number(SqlValue.List(values)));

    /// <summary>Compares an expression with the value of a clause.</summary>
    public string Compare(string expression, ColumnType type, Clause clause) => clause.Comparator switch
    {
        Comparator.Like => Like(expression, clause, ignoreCase: false),
        Comparator.ILike => Like(expression, clause, ignoreCase: true),
        Comparator.In => In(expression, List(clause)),
        Comparator.NotIn => $"NOT ({In(expression, List(clause))})",
        Comparator.IsNull => $"{expression} IS NULL",
        Comparator.IsNotNull => $"{expression} IS NOT NULL",
        _ => $"{expression} {Operator(clause.Comparator)} {Parameter(Value(type, clause))}",
    };

    private string Like(string expression, Clause clause, bool ignoreCase)
    {
        var pattern = clause.Text ?? throw Wrong(clause, "a text in quotes");
        return pattern.Length <= LongestPattern
            ? Dialect.Like(expression, Number(Dialect.Pattern(pattern, ignoreCase)), ignoreCase)
            : throw Wrong(clause, $"a pattern of at most {LongestPattern} characters");
    }

    private static IReadOnlyList<string> List(Clause clause) => clause.Texts ?? throw Wrong(clause, "a list of texts in quotes");

    private static SqlValue Value(ColumnType type, Clause clause) => (type, clause) switch
    {
        (ColumnType.Text, { Text: { } text }) => text,
        (ColumnType.Integer, { Number: { } number }) when Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number => (long)number,
        (ColumnType.Integer or ColumnType.Real, { Number: { } number }) when !double.IsNaN(number) => number,
        (ColumnType.Text, _) => throw Wrong(clause, "a text in quotes"),
        _ => throw Wrong(clause, "a number"),
    };

    private static string Operator(Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "<>",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparator), comparator, "Not a comparator with an operator."),
    };

    private static ProtocolException Wrong(Clause clause, string right) =>
        ProtocolException.Invalid($"Invalid value for parameter 'filter' supplied: '{clause.Key}' is compared with {right}.");
}
