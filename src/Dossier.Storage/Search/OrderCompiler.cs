using System.Globalization;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Storage.Search;

/// <summary>Makes sort keys of a query's order, ended by the target's tie break.</summary>
internal static class OrderCompiler
{
    // Each column of a param, tag or metric is a join; SQLite joins at most 64 tables.
    private const int MostColumns = 20;

    public static IReadOnlyList<SortKey> Compile(SelectBuilder select, SearchTarget target, IReadOnlyList<OrderColumn> order)
    {
        if (order.Count > MostColumns)
        {
            throw ProtocolException.Invalid($"Invalid value for parameter 'order_by' supplied: it has {order.Count} columns; at most {MostColumns} are allowed.");
        }

        var keys = order.Count == 0
            ? target.DefaultOrder
            : order.Select((column, index) => new SortKey(Column(select, target, column, index), column.Descending));
        return [.. keys, target.TieBreak];
    }

    /// <summary>The text after ORDER BY. Missing values come last in either direction.</summary>
    public static string Text(IReadOnlyList<SortKey> keys) => string.Join(", ", keys.Select(key =>
        $"{(key.Column.Nullable ? $"({key.Column.Sql}) IS NULL, " : "")}{key.Column.Sql}{(key.Descending ? " DESC" : "")}"));

    private static SearchColumn Column(SelectBuilder select, SearchTarget target, OrderColumn column, int index)
    {
        var alias = string.Create(CultureInfo.InvariantCulture, $"o{index}");
        return column.Entity switch
        {
            SearchEntity.Attribute => ClauseCompiler.Column(target, column.Key, "order_by"),
            SearchEntity.Tag when target.Tags is { } tags => KeyValue(select, target, tags, column.Key, alias),
            SearchEntity.Param when target.Params is { } parameters => KeyValue(select, target, parameters, column.Key, alias),
            SearchEntity.Metric when target.MetricColumn is { } join => join(select, column.Key, alias),
            _ => throw ProtocolException.Invalid(
                $"Invalid value for parameter 'order_by' supplied: this search can't be ordered by a {column.Entity.ToString().ToLowerInvariant()}."),
        };
    }

    private static SearchColumn KeyValue(SelectBuilder select, SearchTarget target, KeyValueTable table, string key, string alias)
    {
        select.Joins.Add($"LEFT JOIN {table.Table} {alias} ON {alias}.{table.Owner} = {target.Key} AND {alias}.key = {select.Parameter(key)}");
        return new SearchColumn($"{alias}.value", ColumnType.Text, Nullable: true);
    }
}
