using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>
/// The points of one request, grouped by key before the write has its turn: neighbours in the table are written one after the other.
/// </summary>
internal sealed class PointBatch
{
    // Highest step, then time, then value.
    private static readonly BulkInsert InsertLatest = new("latest_metrics",
        """
        ON CONFLICT (run_id, key_id) DO UPDATE SET step = excluded.step, ts = excluded.ts, value = excluded.value, is_nan = excluded.is_nan
        WHERE (excluded.step, excluded.ts, excluded.value, excluded.is_nan)
            > (latest_metrics.step, latest_metrics.ts, latest_metrics.value, latest_metrics.is_nan)
        """,
        Integer("run_id"), Integer("key_id"), Integer("step"), Integer("ts"), new BulkColumn("value", SqlKind.Real), Integer("is_nan"));

    private static readonly BulkInsert InsertOfModels = new("logged_model_metrics", "ON CONFLICT DO NOTHING",
        new BulkColumn("model_id", SqlKind.Text), Integer("key_id"), new BulkColumn("dataset_name", SqlKind.Text), new BulkColumn("dataset_digest", SqlKind.Text),
        Integer("run_id"), Integer("step"), Integer("ts"), new BulkColumn("value", SqlKind.Real), Integer("is_nan"));

    private readonly Metric[] _points;
    private readonly int[] _ends;

    public PointBatch(IReadOnlyList<Metric> points)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var keyOf = new int[points.Count];
        var ends = new List<int>();
        for (var index = 0; index < keyOf.Length; index++)
        {
            if (!places.TryGetValue(points[index].Key, out keyOf[index]))
            {
                keyOf[index] = places.Count;
                places.Add(points[index].Key, places.Count);
                ends.Add(0);
            }

            ends[keyOf[index]]++;
        }

        (Keys, _ends, _points) = ([.. places.Keys], [.. ends], new Metric[keyOf.Length]);
        Group(points, keyOf);
    }

    /// <summary>The distinct keys, in the order in which the request names them first.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Writes the points and returns how many are new; of a large batch all count, unless the whole batch is a retry.</summary>
    public async ValueTask<int> WriteAsync(SqlSession session, MetricKeys metricKeys, long run)
    {
        if (_points.Length == 0)
        {
            return 0;
        }

        var ids = await metricKeys.IdsAsync(session, Keys);
        var points = Stored(ids);
        var added = points.Length < MetricBacklog.SmallestBatch ? await StoredPoint.InsertAsync(session, run, points)
            : await MetricBacklog.AddAsync(session, run, PackedPoints.Pack(points)) ? points.Length
            : 0;
        if (added > 0)
        {
            await session.InsertManyAsync(InsertLatest, LatestRows(run, points));
        }

        return added + await WriteOfModelsAsync(session, run, ids);
    }

    // A counting sort: it keeps the order within a key, which mostly is that of the table already.
    private void Group(IReadOnlyList<Metric> points, int[] keyOf)
    {
        var next = new int[_ends.Length];
        for (int key = 0, sum = 0; key < _ends.Length; key++)
        {
            next[key] = sum;
            sum += _ends[key];
            _ends[key] = sum;
        }

        for (var index = 0; index < keyOf.Length; index++)
        {
            _points[next[keyOf[index]]++] = points[index];
        }
    }

    private StoredPoint[] Stored(long[] ids)
    {
        var stored = new StoredPoint[_points.Length];
        for (int index = 0, key = 0; index < stored.Length; index++)
        {
            key += index == _ends[key] ? 1 : 0;
            var point = _points[index];
            stored[index] = new(ids[key], point.Timestamp, point.Step, point.Value);
        }

        return stored;
    }

    private SqlValue[] LatestRows(long run, StoredPoint[] points)
    {
        var rows = new SqlValue[_ends.Length * 6];
        for (int key = 0, index = 0; key < _ends.Length; key++)
        {
            var latest = points[index];
            for (index++; index < _ends[key]; index++)
            {
                latest = points[index].IsLaterThan(latest) ? points[index] : latest;
            }

            var row = rows.AsSpan(key * 6, 6);
            (row[0], row[1], row[2], row[3]) = (run, latest.KeyId, latest.Step, latest.Timestamp);
            (row[4], row[5]) = StoredPoint.Columns(latest.Value);
        }

        return rows;
    }

    // Points that name a logged model are kept for it too: its own metrics, by dataset.
    private async ValueTask<int> WriteOfModelsAsync(SqlSession session, long run, long[] ids)
    {
        List<SqlValue>? rows = null;
        for (int index = 0, key = 0; index < _points.Length; index++)
        {
            key += index == _ends[key] ? 1 : 0;
            var point = _points[index];
            if (!string.IsNullOrEmpty(point.ModelId))
            {
                var (value, isNan) = StoredPoint.Columns(point.Value);
                (rows ??= []).AddRange([point.ModelId, ids[key], point.DatasetName ?? "", point.DatasetDigest ?? "", run, point.Step, point.Timestamp, value, isNan]);
            }
        }

        return rows is null ? 0 : await session.InsertManyAsync(InsertOfModels, rows.ToArray());
    }

    private static BulkColumn Integer(string name) => new(name, SqlKind.Integer);
}

/// <summary>A point of a metric as stored in <c>metric_points</c>, without its run.</summary>
internal readonly record struct StoredPoint(long KeyId, long Timestamp, long Step, double Value) : IComparable<StoredPoint>
{
    // Bounds the memory of one insert, not its points.
    private const int MostRows = 2000;

    private static readonly BulkInsert Insert = new("metric_points", "ON CONFLICT DO NOTHING",
        new BulkColumn("run_id", SqlKind.Integer), new BulkColumn("key_id", SqlKind.Integer), new BulkColumn("ts", SqlKind.Integer),
        new BulkColumn("step", SqlKind.Integer), new BulkColumn("value", SqlKind.Real), new BulkColumn("is_nan", SqlKind.Integer));

    /// <summary>A value as its two columns: a NaN is <c>is_nan</c> = 1 with value 0.</summary>
    public static (SqlValue Value, SqlValue IsNan) Columns(double value) => double.IsNaN(value) ? (0.0, 1L) : (value, 0L);

    /// <summary>Whether it is the latest of two points of a key: highest step, then time, then value, compared as the columns are.</summary>
    public bool IsLaterThan(StoredPoint other) => Rank().CompareTo(other.Rank()) > 0;

    /// <summary>Writes points that are grouped by key, so that rows are written in the table's order, and returns how many are new.</summary>
    public static async ValueTask<int> InsertAsync(SqlSession session, long run, ReadOnlyMemory<StoredPoint> points)
    {
        var added = 0;
        for (var rest = points; !rest.IsEmpty; rest = rest[Math.Min(MostRows, rest.Length)..])
        {
            added += await session.InsertManyAsync(Insert, Rows(run, rest.Span[..Math.Min(MostRows, rest.Length)]));
        }

        return added;
    }

    /// <summary>The order in which points lie in the table. Written out: tens of thousands are sorted at a time, while writers wait.</summary>
    public int CompareTo(StoredPoint other) =>
        KeyId != other.KeyId ? KeyId.CompareTo(other.KeyId)
        : Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp)
        : Step != other.Step ? Step.CompareTo(other.Step)
        : Value.CompareTo(other.Value);

    private (long Step, long Timestamp, double Value, long IsNan) Rank()
    {
        var (value, isNan) = Columns(Value);
        return (Step, Timestamp, value.Real, isNan.Integer);
    }

    private static SqlValue[] Rows(long run, ReadOnlySpan<StoredPoint> points)
    {
        var rows = new SqlValue[points.Length * 6];
        for (var index = 0; index < points.Length; index++)
        {
            ref readonly var point = ref points[index];
            var row = rows.AsSpan(index * 6, 6);
            (row[0], row[1], row[2], row[3]) = (run, point.KeyId, point.Timestamp, point.Step);
            (row[4], row[5]) = Columns(point.Value);
        }

        return rows;
    }
}
