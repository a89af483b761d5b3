using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// The index of sealed events, in blocks of some thousand. An index of the rows themselves would be paid for by everybody who logs a metric.
/// A large seal becomes a block at once (<see cref="AuditSealer"/>); small ones are put together here.
/// </summary>
internal static class AuditBlocks
{
    /// <summary>How many events a block has at least.</summary>
    public const int FewestEvents = 1024;

    /// <summary>Indexes what was sealed, as far as it fills blocks.</summary>
    public static async Task AddAsync(SqlDatabase database, CancellationToken cancel)
    {
        while (await database.ReadAsync(ReadAsync, cancel) is { } block)
        {
            await database.WriteAsync(block.WriteAsync, cancel);
        }
    }

    private static async ValueTask<EventBlock?> ReadAsync(SqlSession session)
    {
        var before = await EventBlock.HeadAsync(session);
        var (events, seal, last) = (0L, 0L, default(EventPosition));
        await session.ForEachAsync("SELECT number, count, last_tx, last_id FROM audit_seals WHERE number > $1 ORDER BY number LIMIT $2", row =>
        {
            if (events < FewestEvents)
            {
                (events, seal, last) = (events + row.Integer(1), row.Integer(0), new(row.Integer(2), row.Integer(3)));
            }
        }, before.LastSeal, (long)FewestEvents);
        if (events < FewestEvents)
        {
            return null;
        }

        var block = new EventBlock(before.Number + 1, seal, before.Last, last);
        await EventStream.ForEachAsync(session, before.Last, last, block.Add);
        return block;
    }
}
