using Dossier.Core.Search;

namespace Dossier.Storage.Search;

/// <summary>How an entity of a search is SQL.</summary>
/// <param name="Condition">Turns a clause into a condition. A key that an object lacks matches only IS NULL.</param>
/// <param name="Column">Joins a key to order by, under an alias of its own, and returns its column; null if searches cannot be ordered by it.</param>
internal sealed record EntitySql(Func<SelectBuilder, Clause, string> Condition, Func<SelectBuilder, string, string, SearchColumn>? Column = null);

/// <summary>A table of keys and values that belong to the rows of a target: <c>key</c>, <c>value</c> and the owner's key.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Owner">Its column that holds the owner's key.</param>
/// <param name="Key">The owner's own key in the search, e.g. <c>r.id</c>.</param>
internal sealed record KeyValueTable(string Table, string Owner, string Key)
{
    /// <summary>As an entity of a search.</summary>
    public EntitySql Entity => new(Condition, Column);

    /// <summary>The condition that the owner has this key with this value.</summary>
    public string Has(SelectBuilder select, string key, string value) => $"EXISTS ({OfKey(select, key)} AND x.value = {select.Parameter(value)})";

    private string Condition(SelectBuilder select, Clause clause)
    {
        var ofKey = OfKey(select, clause.Key);
        return clause.Comparator switch
        {
            Comparator.IsNull => $"NOT EXISTS ({ofKey})",
            Comparator.IsNotNull => $"EXISTS ({ofKey})",
            _ => $"EXISTS ({ofKey} AND {select.Compare("x.value", ColumnType.Text, clause)})",
        };
    }

    private SearchColumn Column(SelectBuilder select, string key, string alias)
    {
        select.Joins.Add($"LEFT JOIN {Table} {alias} ON {alias}.{Owner} = {Key} AND {alias}.key = {select.Parameter(key)}");
        return new SearchColumn($"{alias}.value", ColumnType.Text, Nullable: true);
    }

    private string OfKey(SelectBuilder select, string key) => $"SELECT 1 FROM {Table} x WHERE x.{Owner} = {Key} AND x.key = {select.Parameter(key)}";
}
