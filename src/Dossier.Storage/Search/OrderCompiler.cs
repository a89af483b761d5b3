using System.Globalization;
using Dossier.Core.Search;

namespace Dossier.Storage.Search;

/// <summary>Makes sort keys of a query's order, ended by the target's tie break.</summary>
internal static class OrderCompiler
{
    public static IReadOnlyList<SortKey> Compile(SelectBuilder select, SearchTarget target, IReadOnlyList<OrderColumn> order)
    {
        var keys = order.Count == 0
            ? target.DefaultOrder
            : order.Select((column, index) => new SortKey(Column(select, target, column, index), column.Descending));
        return [.. keys, target.TieBreak];
    }

    /// <summary>The text after ORDER BY. Missing values come last in either direction.</summary>
    public static string Text(IReadOnlyList<SortKey> keys) => string.Join(", ", keys.Select(key =>
        $"{(key.Column.Nullable ? $"({key.Column.Sql}) IS NULL, " : "")}{key.Column.Sql}{(key.Descending ? " DESC" : "")}"));

    private static SearchColumn Column(SelectBuilder select, SearchTarget target, OrderColumn column, int index) =>
        column.Entity == SearchEntity.Attribute
            ? target.Attributes[column.Key]
            : target.Entities[column.Entity].Column!(select, column.Key, string.Create(CultureInfo.InvariantCulture, $"o{index}"));
}
