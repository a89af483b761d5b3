using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Search;
using Dossier.Storage.Tags;

namespace Dossier.Storage.LoggedModels;

/// <summary>How searches of logged models are columns.</summary>
internal static class LoggedModelSearch
{
    private static readonly SearchColumn Created = new("m.created_at", ColumnType.Integer);

    private static readonly Dictionary<string, SearchColumn> Attributes = new()
    {
        ["name"] = new("m.name", ColumnType.Text),
        ["model_id"] = new("m.public_id", ColumnType.Text),
        ["model_type"] = new("m.model_type", ColumnType.Text),
        ["status"] = new("m.status", ColumnType.Text),
        ["source_run_id"] = new("m.source_run_id", ColumnType.Text, Nullable: true),
        ["experiment_id"] = new("e.public_id", ColumnType.Text),
        ["creation_timestamp"] = Created,
        ["last_updated_timestamp"] = new("m.updated_at", ColumnType.Integer),
    };

    /// <summary>A target whose metrics are those on one of these datasets, or on any when there are none.</summary>
    public static SearchTarget On(IReadOnlyList<DatasetRef> datasets) => new(
        SearchSchema.LoggedModels,
        Attributes,
        new Dictionary<SearchEntity, EntitySql>
        {
            [SearchEntity.Tag] = TagTable.OfLoggedModels.In("m.id").Entity,
            [SearchEntity.Param] = TagTable.ParamsOfLoggedModels.In("m.id").Entity,
            [SearchEntity.Metric] = new(
                (select, clause) => LatestMatches(select, clause, datasets), (select, key, _) => Latest(select, key, datasets)),
        })
    {
        Select = LoggedModelRow.Columns,
        From = LoggedModelRow.From,
        DefaultOrder = [new(Created, Descending: true)],
        TieBreak = new(new("m.id", ColumnType.Integer), Descending: true),
    };

    // One of the datasets' latest values fits; a NaN fits nothing.
    private static string LatestMatches(SelectBuilder select, Clause clause, IReadOnlyList<DatasetRef> datasets) =>
        $"""
        EXISTS (
            SELECT 1 FROM logged_model_metrics x
            WHERE {Points(select, clause.Key, datasets)} AND x.is_nan = 0 AND {select.Compare("x.value", ColumnType.Real, clause)}
            AND NOT EXISTS (
                SELECT 1 FROM logged_model_metrics y
                WHERE y.model_id = x.model_id AND y.key_id = x.key_id AND y.dataset_name = x.dataset_name AND y.dataset_digest = x.dataset_digest
                AND (y.step, y.ts, y.value) > (x.step, x.ts, x.value)))
        """;

    private static SearchColumn Latest(SelectBuilder select, string key, IReadOnlyList<DatasetRef> datasets) => new(
        $"""
        (SELECT CASE WHEN x.is_nan = 0 THEN x.value END FROM logged_model_metrics x
        WHERE {Points(select, key, datasets)} ORDER BY x.step DESC, x.ts DESC, x.value DESC LIMIT 1)
        """,
        ColumnType.Real,
        Nullable: true);

    private static string Points(SelectBuilder select, string key, IReadOnlyList<DatasetRef> datasets)
    {
        var ofKey = $"x.model_id = m.public_id AND x.key_id = (SELECT k.id FROM metric_keys k WHERE k.name = {select.Parameter(key)})";
        return datasets.Count == 0 ? ofKey : $"{ofKey} AND ({string.Join(" OR ", datasets.Select(dataset => Is(select, dataset)))})";
    }

    private static string Is(SelectBuilder select, DatasetRef dataset)
    {
        var name = $"x.dataset_name = {select.Parameter(dataset.DatasetName)}";
        return dataset.DatasetDigest is null ? name : $"({name} AND x.dataset_digest = {select.Parameter(dataset.DatasetDigest)})";
    }
}
