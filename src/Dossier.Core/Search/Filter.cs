namespace Dossier.Core.Search;

/// <summary>How a clause compares.</summary>
public enum Comparator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>LIKE</c>: case matters, <c>%</c> and <c>_</c> are wildcards.</summary>
    Like,

    /// <summary><c>ILIKE</c>: case does not matter.</summary>
    ILike,

    /// <summary><c>IN (…)</c></summary>
    In,

    /// <summary><c>NOT IN (…)</c></summary>
    NotIn,

    /// <summary><c>IS NULL</c>: the object has no such param or tag.</summary>
    IsNull,

    /// <summary><c>IS NOT NULL</c></summary>
    IsNotNull,
}

/// <summary>One clause of a filter: <c>entity.key comparator value</c>. All clauses of a filter hold (AND).</summary>
/// <param name="Entity">What it compares.</param>
/// <param name="Key">The canonical name of an attribute, or the key of a param, metric or tag.</param>
/// <param name="Comparator">How it compares.</param>
public sealed record Clause(SearchEntity Entity, string Key, Comparator Comparator)
{
    /// <summary>The text compared with; null for numbers, lists and null tests.</summary>
    public string? Text { get; init; }

    /// <summary>The number compared with: metrics and numeric attributes only.</summary>
    public double? Number { get; init; }

    /// <summary>The texts of <c>IN</c> and <c>NOT IN</c>.</summary>
    public IReadOnlyList<string>? Texts { get; init; }
}

/// <summary>One column of an order.</summary>
/// <param name="Entity">What it orders by.</param>
/// <param name="Key">The attribute's canonical name, or the key of the param, metric or tag.</param>
/// <param name="Descending">Whether high comes first. Missing values and NaN come last either way.</param>
public sealed record OrderColumn(SearchEntity Entity, string Key, bool Descending);

/// <summary>A parsed search, which a store compiles to one SQL statement.</summary>
/// <param name="Clauses">The filter; empty lets all through.</param>
/// <param name="Order">The order; empty is the default. Ties are broken in a fixed order by the store.</param>
/// <param name="MaxResults">The page's length, at least 1, already within the search's bounds.</param>
/// <param name="PageToken">The end of the last page, as returned by the store; null for the first page.</param>
public sealed record SearchQuery(IReadOnlyList<Clause> Clauses, IReadOnlyList<OrderColumn> Order, int MaxResults, string? PageToken);
