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
/// <param name="Type">The type of its values.</param>
/// <param name="Nullable">Whether it can be NULL, which comes last in either direction.</param>
internal sealed record SearchColumn(string Sql, ColumnType Type, bool Nullable = false);

/// <summary>A direction to go through a column.</summary>
internal sealed record SortKey(SearchColumn Column, bool Descending);

/// <summary>The table that a search reads, and the columns for the names of its schema.</summary>
internal sealed class SearchTarget
{
    /// <param name="schema">What may be named.</param>
    /// <param name="attributes">A column for each of its attributes, by canonical name.</param>
    /// <param name="entities">The SQL of each of its other entities.</param>
    /// <exception cref="InvalidOperationException">Something of the schema has no SQL here, or something here is not in the schema.</exception>
    public SearchTarget(
        SearchSchema schema, IReadOnlyDictionary<string, SearchColumn> attributes, IReadOnlyDictionary<SearchEntity, EntitySql> entities)
    {
        (Attributes, Entities) = (attributes, entities);
        RequireSame("attributes", schema.Attributes.Select(attribute => attribute.Name), attributes.Keys);
        RequireSame("entities", schema.Entities, entities.Keys);
        foreach (var attribute in schema.Attributes)
        {
            if (attribute.IsNumber == (attributes[attribute.Name].Type == ColumnType.Text))
            {
                throw new InvalidOperationException($"The column of the attribute '{attribute.Name}' has the type {attributes[attribute.Name].Type}.");
            }
        }

        foreach (var entity in schema.Entities)
        {
            if (entity.IsOrdered != (entities[entity].Column is not null))
            {
                throw new InvalidOperationException($"{entity} {(entity.IsOrdered ? "have no column to order by" : "have a column to order by, and no order")}.");
            }
        }
    }

    /// <summary>A list that takes neither filter nor order.</summary>
    public SearchTarget()
        : this(SearchSchema.Nothing, new Dictionary<string, SearchColumn>(), new Dictionary<SearchEntity, EntitySql>())
    {
    }

    /// <summary>The columns that the row reader expects, from index 0.</summary>
    public required IReadOnlyList<string> Select { get; init; }

    /// <summary>The table with its alias, and joins that are always there.</summary>
    public required string From { get; init; }

    /// <summary>Columns of the attributes, by canonical name.</summary>
    public IReadOnlyDictionary<string, SearchColumn> Attributes { get; }

    /// <summary>The SQL of the other entities.</summary>
    public IReadOnlyDictionary<SearchEntity, EntitySql> Entities { get; }

    /// <summary>The order when the query says none.</summary>
    public IReadOnlyList<SortKey> DefaultOrder { get; init; } = [];

    /// <summary>A column that no two rows share and that is never NULL: it ends every order, so that pages meet without gap or overlap.</summary>
    public required SortKey TieBreak { get; init; }

    private static void RequireSame<T>(string what, IEnumerable<T> declared, IEnumerable<T> found)
    {
        var (missing, extra) = (string.Join(", ", declared.Except(found)), string.Join(", ", found.Except(declared)));
        if (missing.Length + extra.Length > 0)
        {
            throw new InvalidOperationException($"The {what} of a search differ from its schema: missing [{missing}], not declared [{extra}].");
        }
    }
}
