using Dossier.Core.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Search;

/// <summary>Collects the parts of one select. Every value becomes a parameter; only names of our own become text.</summary>
internal sealed class SelectBuilder(Dialect dialect)
{
    public Dialect Dialect { get; } = dialect;

    public List<SqlValue> Values { get; } = [];

    public List<string> Joins { get; } = [];

    public List<string> Conditions { get; } = [];

    /// <summary>Adds a parameter and returns its number.</summary>
    public int Number(SqlValue value)
    {
        Values.Add(value);
        return Values.Count;
    }

    /// <summary>Adds a parameter and returns its placeholder, e.g. <c>$3</c>.</summary>
    public string Parameter(SqlValue value) => $"${Number(value)}";

    /// <summary>The condition that a list parameter holds the expression.</summary>
    public string In(string expression, IReadOnlyList<string> values) => Dialect.In(expression, Number(SqlValue.List(values)));

    /// <summary>Compares an expression with the value of a clause, whose form the schema has checked.</summary>
    public string Compare(string expression, ColumnType type, Clause clause) => clause.Comparator switch
    {
        Comparator.Like => Like(expression, clause, ignoreCase: false),
        Comparator.ILike => Like(expression, clause, ignoreCase: true),
        Comparator.In => In(expression, clause.Texts!),
        Comparator.NotIn => $"NOT ({In(expression, clause.Texts!)})",
        Comparator.IsNull => $"{expression} IS NULL",
        Comparator.IsNotNull => $"{expression} IS NOT NULL",
        _ => $"{expression} {Operator(clause.Comparator)} {Parameter(Value(type, clause))}",
    };

    private string Like(string expression, Clause clause, bool ignoreCase) =>
        Dialect.Like(expression, Number(Dialect.Pattern(clause.Text!, ignoreCase)), ignoreCase);

    // Whole numbers up to 2^53 are compared as such, so that an index on integers serves.
    private static SqlValue Value(ColumnType type, Clause clause)
    {
        if (type == ColumnType.Text)
        {
            return clause.Text!;
        }

        var number = clause.Number!.Value;
        return type == ColumnType.Integer && Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number ? (long)number : number;
    }

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
}
