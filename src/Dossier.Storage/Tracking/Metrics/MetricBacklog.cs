using System.Buffers.Binary;
using System.Security.Cryptography;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>
/// Large batches on their way to <c>metric_points</c>. That table is clustered by key, so a batch of a thousand keys touches a thousand of its
/// pages; here it is one row at the end of a table. Every so many batches of a run are settled together, which touches the same pages once.
/// Who reads points settles the run's backlog before.
/// </summary>
internal static class MetricBacklog
{
    /// <summary>Requests with fewer points go to <c>metric_points</c> straight.</summary>
    public const int SmallestBatch = 16;

    // More spares disk, and makes the write that settles them all wait longer: this many of 1,000 points are some 30 ms.
    private const int MostBatches = 32;

    private const string Waiting =
        "SELECT COUNT(*), MAX(CASE WHEN digest = $2 THEN 1 ELSE 0 END) FROM metric_backlog WHERE run_id = $1";

    /// <summary>Keeps a batch. False: it is there already, so this is a client's retry.</summary>
    public static async ValueTask<bool> AddAsync(SqlSession session, long run, byte[] points)
    {
        var digest = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(points));
        var (batches, isRetry) = await session.FirstAsync(
            Waiting, static row => (row.Integer(0), !row.IsNull(1) && row.Truth(1)), default, run, digest);
        if (isRetry)
        {
            return false;
        }

        await session.ExecuteAsync("INSERT INTO metric_backlog (run_id, digest, points) VALUES ($1, $2, $3)", run, digest, points);
        if (batches + 1 >= MostBatches)
        {
            await SettleAsync(session, run);
        }

        return true;
    }

    /// <summary>Those of these runs that have a backlog, by their public ids.</summary>
    public static ValueTask<List<string>> RunsAsync(SqlSession session, IReadOnlyList<string> runIds) => session.ListAsync(
        $"SELECT public_id FROM runs r WHERE {session.Dialect.In("public_id", 1)} AND EXISTS (SELECT 1 FROM metric_backlog b WHERE b.run_id = r.id)",
        static row => row.Text(0), SqlValue.List(runIds));

    /// <summary>Moves the backlog of a run, which the caller has locked, to its place.</summary>
    public static async ValueTask SettleAsync(SqlSession session, long run)
    {
        var points = new List<StoredPoint>();
        await session.ForEachAsync("SELECT points FROM metric_backlog WHERE run_id = $1", row => PackedPoints.Unpack(row.Bytes(0), points), run);
        points.Sort();
        await StoredPoint.InsertAsync(session, run, points.ToArray());
        await session.ExecuteAsync("DELETE FROM metric_backlog WHERE run_id = $1", run);
    }
}
