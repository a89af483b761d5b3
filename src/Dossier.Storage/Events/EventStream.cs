using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>
/// Reads committed events in an order in which nothing ever appears before a position that was passed, so that a reader who keeps its last position
/// sees each event once.
/// </summary>
/// <remarks>
/// SQLite has one writer, so numbers are in the order of commits. PostgreSQL assigns numbers before commits: there the order is that of transaction
/// ids, and an event is read only once all transactions that began before its own have ended (<c>pg_snapshot_xmin</c>). A transaction that stays open
/// anywhere in the cluster after it has written holds the stream up until it ends.
/// </remarks>
internal static class EventStream
{
    /// <summary>The columns of an event, in the order that seals hash them in.</summary>
    public const string Columns = "tx, id, at, principal, action, object_type, object_id, detail, object_key";

    private const string AfterOfOneWriter = $"SELECT {Columns} FROM events WHERE id > $2 AND $1 <= 0 ORDER BY id LIMIT $3";

    private const string AfterOfMany = $"SELECT {Columns} FROM events WHERE (tx, id) > ($1, $2) AND tx < {EventEpoch.Horizon} ORDER BY tx, id LIMIT $3";

    private const string BetweenOfOneWriter = $"SELECT {Columns} FROM events WHERE id > $2 AND id <= $4 AND $1 <= 0 AND $3 <= 0 ORDER BY id";

    private const string BetweenOfMany = $"SELECT {Columns} FROM events WHERE (tx, id) > ($1, $2) AND (tx, id) <= ($3, $4) ORDER BY tx, id";

    /// <summary>The first events after a position; fewer than <paramref name="limit"/> mean that there are no more for now.</summary>
    public static ValueTask<List<StoredEvent>> ReadAsync(SqlSession session, EventPosition after, int limit) => session.ListAsync(
        session.Dialect.HasOneWriter ? AfterOfOneWriter : AfterOfMany, Read, after.Tx, after.Id, (long)limit);

    /// <summary>As <see cref="ReadAsync"/>, row by row.</summary>
    public static ValueTask ForEachAsync(SqlSession session, EventPosition after, int limit, Action<SqlRow> onRow) => session.ForEachAsync(
        session.Dialect.HasOneWriter ? AfterOfOneWriter : AfterOfMany, onRow, after.Tx, after.Id, (long)limit);

    /// <summary>The events after a position up to another one that was passed already.</summary>
    public static ValueTask ForEachAsync(SqlSession session, EventPosition after, EventPosition last, Action<SqlRow> onRow) => session.ForEachAsync(
        session.Dialect.HasOneWriter ? BetweenOfOneWriter : BetweenOfMany, onRow, after.Tx, after.Id, last.Tx, last.Id);

    /// <summary>Reads an event from <see cref="Columns"/>.</summary>
    public static StoredEvent Read(SqlRow row) => new(
        new(row.Integer(0), row.Integer(1)), row.Integer(2), row.SharedText(3), row.SharedText(4), row.SharedText(5), row.SharedText(6), row.Text(7), row.TextOrNull(8));
}
