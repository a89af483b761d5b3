using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

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
