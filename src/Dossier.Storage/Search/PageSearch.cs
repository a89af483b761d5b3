using Dossier.Core.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Search;

/// <summary>Runs a search as one statement for one page.</summary>
internal static class PageSearch
{
    /// <param name="session">The transaction.</param>
    /// <param name="target">The objects to search.</param>
    /// <param name="select">Conditions besides the filter: what the caller may read, experiments, view, prompts.</param>
    /// <param name="query">The query, of the target's schema.</param>
    /// <param name="read">Reads an item from the target's columns.</param>
    /// <exception cref="Protocol.ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: the page token is of another query.</exception>
    public static async ValueTask<Page<T>> RunAsync<T>(
        SqlSession session, SearchTarget target, SelectBuilder select, SearchQuery query, Func<SqlRow, T> read)
    {
        foreach (var clause in query.Clauses)
        {
            select.Conditions.Add(Condition(select, target, clause));
        }

        var keys = OrderCompiler.Compile(select, target, query.Order);
        var fingerprint = PageToken.Fingerprint(Text(select, target, keys), select.Values);
        if (query.PageToken is { Length: > 0 } token)
        {
            select.Conditions.Add(PageKeys.After(select, keys, PageToken.Read(token, fingerprint, [.. keys])));
        }

        // One row more than requested shows whether there is a next page.
        var sql = $"{Text(select, target, keys)} LIMIT {select.Parameter(query.MaxResults + 1L)}";
        var items = new List<T>();
        string? next = null;
        SqlValue[]? last = null;
        await session.ForEachAsync(sql, row =>
        {
            if (items.Count == query.MaxResults)
            {
                next = PageToken.Write(fingerprint, last);
                return;
            }

            items.Add(read(row));
            if (items.Count == query.MaxResults)
            {
                last = PageKeys.Read(row, target.Select.Count, keys);
            }
        }, [.. select.Values]);
        return new Page<T>(items, next);
    }

    private static string Condition(SelectBuilder select, SearchTarget target, Clause clause)
    {
        if (clause.Entity != SearchEntity.Attribute)
        {
            return target.Entities[clause.Entity].Condition(select, clause);
        }

        var column = target.Attributes[clause.Key];
        return select.Compare(column.Sql, column.Type, clause);
    }

    private static string Text(SelectBuilder select, SearchTarget target, IReadOnlyList<SortKey> keys)
    {
        var columns = string.Join(", ", target.Select.Concat(keys.Select(key => key.Column.Sql)));
        var joins = string.Concat(select.Joins.Select(join => $" {join}"));
        var where = select.Conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", select.Conditions)}";
        return $"SELECT {columns} FROM {target.From}{joins}{where} ORDER BY {OrderCompiler.Text(keys)}";
    }
}
