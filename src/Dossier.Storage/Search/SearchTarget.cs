using Dossier.Core.Search;

namespace Dossier.Storage.Search;

/// <summary>The type of a column that is compared or ordered by.</summary>
internal enum ColumnType
{
    Integer,
    Real,
    Text,
}

/// <summary>An SQL expression over a target's row, to compare or order by.</summary>
/// <param name="Sql">The expression.</param>
/// <param name="Type">What it gives.</param>
/// <param name="Nullable">Whether it can be NULL, which comes last in either direction.</param>
internal sealed record SearchColumn(string Sql, ColumnType Type, bool Nullable = false);

/// <summary>A direction to go through a column.</summary>
internal sealed record SortKey(SearchColumn Column, bool Descending);

/// <summary>A table of keys and values that belong to the rows of a target: <c>key</c>, <c>value</c> and the owner's key.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Owner">Its column that holds the owner's key.</param>
internal sealed record KeyValueTable(string Table, string Owner);

/// <summary>What a search looks through, and how its names are columns. One for each search, made once.</summary>
internal sealed record SearchTarget
{
    /// <summary>The columns that the reader of the rows wants, first one at 0.</summary>
    public required IReadOnlyList<string> Select { get; init; }

    /// <summary>The table with its alias, and joins that are always there.</summary>
    public required string From { get; init; }

    /// <summary>The row's own key, that <see cref="KeyValueTable.Owner"/> repeats, e.g. <c>r.id</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Columns of the attributes, by canonical name.</summary>
    public required IReadOnlyDictionary<string, SearchColumn> Attributes { get; init; }

    /// <summary>The order when the query says none.</summary>
    public required IReadOnlyList<SortKey> DefaultOrder { get; init; }

    /// <summary>A column that no two rows share and that is never NULL: it ends every order, so that pages meet without gap or overlap.</summary>
    public required SortKey TieBreak { get; init; }

    /// <summary>Where tags are, if it has any.</summary>
    public KeyValueTable? Tags { get; init; }

    /// <summary>Where params are, if it has any.</summary>
    public KeyValueTable? Params { get; init; }

    /// <summary>Compiles a clause on a metric, if it has any.</summary>
    public Func<SelectBuilder, Clause, string>? MetricClause { get; init; }

    /// <summary>Joins a metric to order by, under an alias, and gives its column.</summary>
    public Func<SelectBuilder, string, string, SearchColumn>? MetricColumn { get; init; }

    /// <summary>Compiles a clause on dataset inputs, if it has any.</summary>
    public Func<SelectBuilder, Clause, string>? DatasetClause { get; init; }
}
