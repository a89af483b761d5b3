using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Storage.Search;

/// <summary>Makes a condition of a filter's clause. What an object lacks matches nothing but IS NULL.</summary>
internal static class ClauseCompiler
{
    public static string Compile(SelectBuilder select, SearchTarget target, Clause clause) => clause.Entity switch
    {
        SearchEntity.Attribute => Attribute(select, target, clause),
        SearchEntity.Tag when target.Tags is { } tags => KeyValue(select, target, tags, clause),
        SearchEntity.Param when target.Params is { } parameters => KeyValue(select, target, parameters, clause),
        SearchEntity.Metric when target.MetricClause is { } compile => compile(select, clause),
        SearchEntity.Dataset when target.DatasetClause is { } compile => compile(select, clause),
        _ => throw ProtocolException.Invalid($"Invalid value for parameter 'filter' supplied: this search has no {clause.Entity.ToString().ToLowerInvariant()}s."),
    };

    /// <summary>The attribute's column.</summary>
    /// <exception cref="ProtocolException">The search has no such attribute.</exception>
    public static SearchColumn Column(SearchTarget target, string attribute, string parameter) =>
        target.Attributes.TryGetValue(attribute, out var column) ? column : throw ProtocolException.Invalid(
            $"Invalid value for parameter '{parameter}' supplied: there is no attribute '{attribute}'; there are {string.Join(", ", target.Attributes.Keys)}.");

    private static string Attribute(SelectBuilder select, SearchTarget target, Clause clause)
    {
        var column = Column(target, clause.Key, "filter");
        return select.Compare(column.Sql, column.Type, clause);
    }

    private static string KeyValue(SelectBuilder select, SearchTarget target, KeyValueTable table, Clause clause)
    {
        var ofKey = $"SELECT 1 FROM {table.Table} x WHERE x.{table.Owner} = {target.Key} AND x.key = {select.Parameter(clause.Key)}";
        return clause.Comparator switch
        {
            Comparator.IsNull => $"NOT EXISTS ({ofKey})",
            Comparator.IsNotNull => $"EXISTS ({ofKey})",
            _ => $"EXISTS ({ofKey} AND {select.Compare("x.value", ColumnType.Text, clause)})",
        };
    }
}
