using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    // Sampling bounds the steps, but a step may hold any number of points.
    private const int MostSampledPoints = 250_000;

    private const string OfMetric = "run_id = (SELECT id FROM runs WHERE public_id = $1) AND key_id = (SELECT id FROM metric_keys WHERE name = $2)";

    private const string History = $"SELECT step, ts, value, is_nan FROM metric_points WHERE {OfMetric} ORDER BY ts, step, value, is_nan";

    private const string HistoryAfter =
        $"SELECT step, ts, value, is_nan FROM metric_points WHERE {OfMetric} AND (ts, step, value, is_nan) > ($3, $4, $5, $6) ORDER BY ts, step, value, is_nan";

    private static readonly SortKey[] HistoryKeys =
    [
        new(new SearchColumn("ts", ColumnType.Integer), false), new(new SearchColumn("step", ColumnType.Integer), false),
        new(new SearchColumn("value", ColumnType.Real), false), new(new SearchColumn("is_nan", ColumnType.Integer), false),
    ];

    public async Task<Page<Metric>> GetMetricHistoryAsync(string runId, string key, int? maxResults, string? pageToken, CancellationToken cancel)
    {
        await SettleBacklogsAsync([runId], cancel);
        return await _database.ReadAsync(async session =>
        {
            if (!await session.FirstAsync("SELECT 1 FROM runs WHERE public_id = $1", static _ => true, false, runId))
            {
                throw RunKey.NotFound(runId);
            }

            var values = new List<SqlValue> { runId, key };
            var fingerprint = PageToken.Fingerprint("history", values);
            var sql = History;
            if (!string.IsNullOrEmpty(pageToken))
            {
                sql = HistoryAfter;
                values.AddRange(PageToken.Read(pageToken, fingerprint, HistoryKeys));
            }

            if (maxResults is { } most)
            {
                sql = $"{sql} LIMIT ${values.Count + 1}";
                values.Add(most + 1L);
            }

            var points = await session.ListAsync(sql, row => MetricRow.Read(row, key, step: 0), [.. values]);
            return HistoryPage(points, maxResults, fingerprint);
        }, cancel);
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistoryBulkAsync(IReadOnlyList<string> runIds, string key, int maxResults, CancellationToken cancel)
    {
        await SettleBacklogsAsync(runIds, cancel);
        return await _database.ReadAsync<IReadOnlyList<Metric>>(async session => await session.ListAsync(
            $"""
            SELECT r.public_id, p.step, p.ts, p.value, p.is_nan
            FROM runs r JOIN metric_points p ON p.run_id = r.id
            WHERE {session.Dialect.In("r.public_id", 1)} AND p.key_id = (SELECT id FROM metric_keys WHERE name = $2)
            ORDER BY r.public_id, p.ts, p.step, p.value, p.is_nan
            LIMIT $3
            """,
            row => MetricRow.Read(row, key, step: 1, row.SharedText(0)), SqlValue.List(runIds), key, (long)maxResults), cancel);
    }

    public async Task<IReadOnlyList<Metric>> GetMetricHistorySampledAsync(
        IReadOnlyList<string> runIds, string key, long? startStep, long? endStep, int maxResults, CancellationToken cancel)
    {
        await SettleBacklogsAsync(runIds, cancel);
        return await _database.ReadAsync<IReadOnlyList<Metric>>(async session => await session.ListAsync(
            Sampled(session.Dialect), row => MetricRow.Read(row, key, step: 1, row.SharedText(0)),
            SqlValue.List(runIds), key, startStep ?? long.MinValue, endStep ?? long.MaxValue, (long)maxResults), cancel);
    }

    private async Task SettleBacklogsAsync(IReadOnlyList<string> runIds, CancellationToken cancel)
    {
        foreach (var runId in await _database.ReadAsync(session => MetricBacklog.RunsAsync(session, runIds), cancel))
        {
            await _database.WriteAsync(async session =>
                await MetricBacklog.SettleAsync(session, (await RunKey.LockAsync(session, runId)).Id), cancel);
        }
    }

    // The steps of all the runs are numbered, and the first of each of max_results equal shares is taken, with the last one
    // and the first and last of every run: the curves of runs that are compared have the same steps.
    private static string Sampled(Dialect dialect) =>
        $"""
        WITH points AS (
            SELECT r.public_id, p.step, p.ts, p.value, p.is_nan
            FROM runs r JOIN metric_points p ON p.run_id = r.id
            WHERE {dialect.In("r.public_id", 1)} AND p.key_id = (SELECT id FROM metric_keys WHERE name = $2)
                AND p.step >= $3 AND p.step <= $4),
        numbered AS (
            SELECT step, ROW_NUMBER() OVER (ORDER BY step) - 1 AS place, COUNT(*) OVER () AS steps
            FROM (SELECT DISTINCT step FROM points) s),
        sampled AS (
            SELECT step FROM numbered
            WHERE steps <= $5 OR place = 0 OR place = steps - 1 OR place * $5 / steps <> (place - 1) * $5 / steps
            UNION SELECT MIN(step) FROM points GROUP BY public_id
            UNION SELECT MAX(step) FROM points GROUP BY public_id)
        SELECT public_id, step, ts, value, is_nan
        FROM points WHERE step IN (SELECT step FROM sampled)
        ORDER BY public_id, ts, step, value, is_nan
        LIMIT {MostSampledPoints}
        """;

    private static Page<Metric> HistoryPage(List<Metric> points, int? maxResults, string fingerprint)
    {
        if (maxResults is not { } most || points.Count <= most)
        {
            return new Page<Metric>(points, null);
        }

        points.RemoveAt(most);
        var last = points[most - 1];
        var isNan = double.IsNaN(last.Value);
        return new Page<Metric>(points, PageToken.Write(fingerprint, [last.Timestamp, last.Step, isNan ? 0.0 : last.Value, isNan]));
    }
}
