using Dossier.Protocol;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.LoggedModels;

/// <summary>Reads logged models: one statement for the rows, one each for tags, params and metrics.</summary>
internal static class LoggedModelReader
{
    private static readonly string OneSql =
        $"SELECT {string.Join(", ", LoggedModelRow.Columns)} FROM {LoggedModelRow.From} WHERE m.public_id = $1 AND m.deleted = 0";

    public static async ValueTask<LoggedModel?> FindAsync(SqlSession session, string modelId) =>
        await session.FirstAsync<LoggedModelRow?>(OneSql, LoggedModelRow.Read, null, modelId) is { } row ? (await WholeAsync(session, [row]))[0] : null;

    /// <summary>The models of these rows, in the same order.</summary>
    public static async ValueTask<List<LoggedModel>> WholeAsync(SqlSession session, IReadOnlyList<LoggedModelRow> rows)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var tags = await TagTable.OfLoggedModels.OfAsync(session, ids);
        var parameters = await TagTable.ParamsOfLoggedModels.OfAsync(session, ids);
        var metrics = await MetricsAsync(session, [.. rows.Select(row => row.Info.ModelId)]);
        return
        [
            .. rows.Select(row => new LoggedModel
            {
                Info = row.Info with { Tags = [.. tags[row.Id]] },
                Data = new LoggedModelData
                {
                    Params = [.. parameters[row.Id].Select(param => new Param(param.Key, param.Value))],
                    Metrics = [.. metrics[row.Info.ModelId]],
                },
            }),
        ];
    }

    // The latest point of each metric and dataset.
    private static async ValueTask<ILookup<string, Metric>> MetricsAsync(SqlSession session, IReadOnlyList<string> modelIds)
    {
        var metrics = modelIds.Count == 0 ? [] : await session.ListAsync(
            $"""
            SELECT p.model_id, k.name, p.dataset_name, p.dataset_digest, r.public_id, p.step, p.ts, p.value, p.is_nan
            FROM (
                SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.model_id, x.key_id, x.dataset_name, x.dataset_digest ORDER BY x.step DESC, x.ts DESC, x.value DESC) AS place
                FROM logged_model_metrics x WHERE {session.Dialect.In("x.model_id", 1)}) p
            JOIN metric_keys k ON k.id = p.key_id JOIN runs r ON r.id = p.run_id
            WHERE p.place = 1 ORDER BY k.name, p.dataset_name, p.dataset_digest
            """,
            ReadMetric,
            SqlValue.List(modelIds));
        return metrics.ToLookup(metric => metric.ModelId!);
    }

    private static Metric ReadMetric(SqlRow row) => new()
    {
        ModelId = row.Text(0),
        Key = row.SharedText(1),
        DatasetName = row.SharedText(2) is { Length: > 0 } name ? name : null,
        DatasetDigest = row.SharedText(3) is { Length: > 0 } digest ? digest : null,
        RunId = row.SharedText(4),
        Step = row.Integer(5),
        Timestamp = row.Integer(6),
        Value = row.Truth(8) ? double.NaN : row.Real(7),
    };
}
