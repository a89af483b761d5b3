using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>
/// Reads committed events in an order in which nothing ever appears before a position that was passed, so that a reader who keeps its last position
/// sees each event once.
/// </summary>
/// <remarks>
/// SQLite has one writer, so numbers are in the order of commits. PostgreSQL gives out numbers before commits: there the order is that of transaction
/// ids, and an event is read only once all transactions that began before its own have ended (<c>pg_snapshot_xmin</c>). A transaction that stays open
/// anywhere in the cluster after it has written holds the stream up until it ends.
/// </remarks>
internal static class EventStream
{
    /// <summary>The columns that <see cref="Read"/> takes.</summary>
    public const string Columns = "tx, id, at, principal, action, object_type, object_id, detail";

    private const string OfOneWriter = $"SELECT {Columns} FROM events WHERE id > $2 AND $1 = 0 ORDER BY id LIMIT $3";

    private const string OfMany = $"SELECT {Columns} FROM events WHERE (tx, id) > ($1, $2) AND tx < {EventEpoch.Horizon} ORDER BY tx, id LIMIT $3";

    /// <summary>The first events after a position; fewer than <paramref name="limit"/> mean that there are no more for now.</summary>
    public static ValueTask<List<StoredEvent>> ReadAsync(SqlSession session, EventPosition after, int limit) => session.ListAsync(
        session.Dialect.HasOneWriter ? OfOneWriter : OfMany, Read, after.Tx, after.Id, (long)limit);

    /// <summary>Reads an event from <see cref="Columns"/>.</summary>
    public static StoredEvent Read(SqlRow row) => new(
        new(row.Integer(0), row.Integer(1)), row.Integer(2), row.SharedText(3), row.SharedText(4), row.SharedText(5), row.SharedText(6), row.Text(7));
}
