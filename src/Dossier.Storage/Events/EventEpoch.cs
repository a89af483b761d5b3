using Dossier.Storage.Sql;

namespace Dossier.Storage.Events;

/// <summary>
/// How PostgreSQL's events know their place: column <c>tx</c> is the id of the transaction that wrote them, plus an offset that the database keeps
/// (<c>event_epoch</c>). A database that is restored from a dump into another cluster meets transaction ids that start low again: then opening it
/// raises the offset above all that is stored.
/// </summary>
internal static class EventEpoch
{
    /// <summary>The value of <c>tx</c> for an event that is being written.</summary>
    public const string Now = "(SELECT xid_offset FROM event_epoch) + pg_current_xact_id()::text::bigint";

    /// <summary>All events below have been committed or never will be.</summary>
    public const string Horizon = "(SELECT xid_offset FROM event_epoch) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    // No transaction of this cluster whose events can be seen has an id of pg_snapshot_xmax or above.
    private const string IsOfAnotherCluster =
        "(SELECT MAX(tx) FROM events) >= xid_offset + pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    /// <summary>Raises the offset where the database comes from another cluster.</summary>
    public static async ValueTask RenewAsync(SqlSession session)
    {
        if (!await session.FirstAsync($"SELECT 1 FROM event_epoch WHERE {IsOfAnotherCluster}", static _ => true, false))
        {
            return;
        }

        // No write with the old offset may be in progress; writers that wait for this lock read the offset after it.
        await session.ExecuteAsync("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE");
        await session.ExecuteAsync($"UPDATE event_epoch SET xid_offset = (SELECT MAX(tx) FROM events) WHERE {IsOfAnotherCluster}");
    }
}
