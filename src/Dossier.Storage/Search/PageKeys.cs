using Dossier.Storage.Sql;

namespace Dossier.Storage.Search;

/// <summary>Where a page ended: the sort keys of its last row, and the condition for the rows after it.</summary>
internal static class PageKeys
{
    /// <summary>Reads the sort keys of a row, from the column <paramref name="first"/> on.</summary>
    public static SqlValue[] Read(SqlRow row, int first, IReadOnlyList<SortKey> keys)
    {
        var values = new SqlValue[keys.Count];
        for (var index = 0; index < values.Length; index++)
        {
            var column = first + index;
            values[index] = row.IsNull(column) ? default : keys[index].Column.Type switch
            {
                ColumnType.Integer => row.Integer(column),
                ColumnType.Real => row.Real(column),
                _ => row.Text(column),
            };
        }

        return values;
    }

    /// <summary>"Comes after the last row": after it in the first key, or equal there and after it in the next, and so on.</summary>
    public static string After(SelectBuilder select, IReadOnlyList<SortKey> keys, IReadOnlyList<SqlValue> last)
    {
        var alternatives = new List<string>();
        var equalSoFar = "";
        for (var index = 0; index < keys.Count; index++)
        {
            var column = keys[index].Column;
            if (last[index].Kind == SqlKind.Null)
            {
                // Missing ones are last: nothing comes after them in this key.
                equalSoFar += $"{column.Sql} IS NULL AND ";
                continue;
            }

            var value = select.Parameter(last[index]);
            var after = $"{column.Sql} {(keys[index].Descending ? "<" : ">")} {value}";
            alternatives.Add($"{equalSoFar}{(column.Nullable ? $"({after} OR {column.Sql} IS NULL)" : after)}");
            equalSoFar += $"{column.Sql} = {value} AND ";
        }

        var condition = $"({string.Join(" OR ", alternatives.Select(alternative => $"({alternative})"))})";
        return Bound(select, keys[0], last[0]) is { } bound ? $"{bound} AND {condition}" : condition;
    }

    // Says nothing new, but an index can start from it, which it can't from alternatives.
    private static string? Bound(SelectBuilder select, SortKey key, in SqlValue last) => key.Column.Nullable
        ? null
        : $"{key.Column.Sql} {(key.Descending ? "<=" : ">=")} {select.Parameter(last)}";
}
