using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>The columns of the search over runs.</summary>
internal static class RunSearch
{
    /// <summary>The tag of a dataset input that says what for the dataset was used.</summary>
    public const string DatasetContextTag = "mlflow.data.context";

    private const string KeyOf = "(SELECT id FROM metric_keys WHERE name = ";
    private static readonly SearchColumn RunId = new("r.public_id", ColumnType.Text);
    private static readonly SearchColumn StartTime = new("r.start_time", ColumnType.Integer);

    public static SearchTarget Target { get; } = new()
    {
        Select =
        [
            "r.id", "r.public_id", "(SELECT e.public_id FROM experiments e WHERE e.id = r.experiment_id)", "r.name", "r.user_id", "r.status",
            "r.start_time", "r.end_time", "r.artifact_uri", "r.deleted",
        ],
        From = "runs r",
        Key = "r.id",
        Attributes = new Dictionary<string, SearchColumn>
        {
            ["run_id"] = RunId,
            ["run_name"] = new("r.name", ColumnType.Text),
            ["status"] = new("r.status", ColumnType.Text),
            ["user_id"] = new("r.user_id", ColumnType.Text),
            ["artifact_uri"] = new("r.artifact_uri", ColumnType.Text),
            ["start_time"] = StartTime,
            ["created"] = StartTime,
            ["end_time"] = new("r.end_time", ColumnType.Integer, Nullable: true),
        },
        DefaultOrder = [new SortKey(StartTime, Descending: true)],
        TieBreak = new SortKey(RunId, Descending: false),
        Tags = new KeyValueTable("run_tags", "run_id"),
        Params = new KeyValueTable("params", "run_id"),
        MetricClause = MetricClause,
        MetricColumn = MetricColumn,
        DatasetClause = DatasetClause,
    };

    /// <summary>Reads a run's row, still without its details.</summary>
    public static RunRow Read(SqlRow row) => new(row.Integer(0), new RunInfo
    {
        RunId = row.Text(1),
        ExperimentId = row.SharedText(2),
        RunName = row.Text(3),
        UserId = row.IsNull(4) ? null : row.SharedText(4),
        Status = row.SharedText(5),
        StartTime = row.Integer(6),
        EndTime = row.IntegerOrNull(7),
        ArtifactUri = row.Text(8),
        LifecycleStage = row.Truth(9) ? LifecycleStage.Deleted : LifecycleStage.Active,
    });

    private static string MetricClause(SelectBuilder select, Clause clause)
    {
        var ofKey = $"SELECT 1 FROM latest_metrics x WHERE x.run_id = r.id AND x.key_id = {KeyOf}{select.Parameter(clause.Key)})";
        return clause.Comparator switch
        {
            Comparator.IsNull => $"NOT EXISTS ({ofKey})",
            Comparator.IsNotNull => $"EXISTS ({ofKey})",

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

    private static string DatasetClause(SelectBuilder select, Clause clause) => clause.Key switch
    {
        "name" or "digest" =>
            $"EXISTS (SELECT 1 FROM dataset_inputs i JOIN datasets d ON d.id = i.dataset_id WHERE i.run_id = r.id AND {select.Compare($"d.{clause.Key}", ColumnType.Text, clause)})",
        "context" =>
            $"EXISTS (SELECT 1 FROM dataset_inputs i JOIN dataset_input_tags t ON t.input_id = i.id WHERE i.run_id = r.id AND t.key = '{DatasetContextTag}' AND {select.Compare("t.value", ColumnType.Text, clause)})",
        _ => throw ProtocolException.Invalid(
            $"Invalid value for parameter 'filter' supplied: there is no dataset attribute '{clause.Key}'; there are name, digest, context."),
    };
}

/// <summary>A run's row with its key.</summary>
internal readonly record struct RunRow(long Key, RunInfo Info);
