using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Search;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Tracking;

/// <summary>The columns of the search over runs.</summary>
internal static class RunSearch
{
    private const string KeyOf = "(SELECT id FROM metric_keys WHERE name = ";
    private static readonly SearchColumn RunId = new("r.public_id", ColumnType.Text);
    private static readonly SearchColumn StartTime = new("r.start_time", ColumnType.Integer);

    public static SearchTarget Target() => new(
        SearchSchema.Runs,
        new Dictionary<string, SearchColumn>
        {
            ["run_id"] = RunId,
            ["run_name"] = new("r.name", ColumnType.Text),
            ["status"] = new("r.status", ColumnType.Text),
            ["user_id"] = new("r.user_id", ColumnType.Text),
            ["artifact_uri"] = new("r.artifact_uri", ColumnType.Text),
            ["start_time"] = StartTime,
            ["end_time"] = new("r.end_time", ColumnType.Integer, Nullable: true),
        },
        new Dictionary<SearchEntity, EntitySql>
        {
            [SearchEntity.Tag] = TagTable.OfRuns.In("r.id").Entity,
            [SearchEntity.Param] = new KeyValueTable("params", "run_id", "r.id").Entity,
            [SearchEntity.Metric] = new(MetricClause, MetricColumn),
            [SearchEntity.Dataset] = new(DatasetClause),
        })
    {
        Select = RunRow.Columns,
        From = "runs r",
        DefaultOrder = [new SortKey(StartTime, Descending: true)],
        TieBreak = new SortKey(RunId, Descending: false),
    };

    private static string MetricClause(SelectBuilder select, Clause clause)
    {
        var ofKey = $"SELECT 1 FROM latest_metrics x WHERE x.run_id = r.id AND x.key_id = {KeyOf}{select.Parameter(clause.Key)})";
        return clause.Comparator switch
        {
            // A NaN is unlike every number, and neither less nor greater.
            Comparator.NotEqual => $"EXISTS ({ofKey} AND (x.is_nan = 1 OR {select.Compare("x.value", ColumnType.Real, clause)}))",
            _ => $"EXISTS ({ofKey} AND x.is_nan = 0 AND {select.Compare("x.value", ColumnType.Real, clause)})",
        };
    }

    private static SearchColumn MetricColumn(SelectBuilder select, string key, string alias)
    {
        select.Joins.Add($"LEFT JOIN latest_metrics {alias} ON {alias}.run_id = r.id AND {alias}.key_id = {KeyOf}{select.Parameter(key)})");
        return new SearchColumn($"CASE WHEN {alias}.is_nan = 0 THEN {alias}.value END", ColumnType.Real, Nullable: true);
    }

    private static string DatasetClause(SelectBuilder select, Clause clause) => clause.Key == "context"
        ? $"""
          EXISTS (SELECT 1 FROM dataset_inputs i JOIN dataset_input_tags t ON t.input_id = i.id
          WHERE i.run_id = r.id AND t.key = '{WellKnownTags.DataContext}' AND {select.Compare("t.value", ColumnType.Text, clause)})
          """
        : $"""
          EXISTS (SELECT 1 FROM dataset_inputs i JOIN datasets d ON d.id = i.dataset_id
          WHERE i.run_id = r.id AND {select.Compare($"d.{clause.Key}", ColumnType.Text, clause)})
          """;
}
