using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>
/// Seals committed events. Events are read and hashed beside the writers; the seal itself is one row. Of two replicas that seal at the same time
/// one adds its seal and the other begins again behind it.
/// </summary>
internal sealed class AuditSealer(SqlDatabase database)
{
    private const int MostEvents = 4096;

    public async Task SealAsync(long at, CancellationToken cancel)
    {
        while (await database.ReadAsync(session => ReadAsync(session, at), cancel) is var (seal, block))
        {
            var added = await database.WriteAsync(async session =>
            {
                var added = await seal.AddAsync(session);
                if (added && block is not null)
                {
                    await block.WriteAsync(session);
                }

                return added;
            }, cancel);
            if (added)
            {
                database.Statistics.Sealed(seal.Count);
            }

            if (seal.Count < MostEvents)
            {
                break;
            }
        }

        await AuditBlocks.AddAsync(database, cancel);
    }

    // The seal of what is new, and the block that it is by itself if it is large and no small ones wait for it; null when there is nothing new.
    private static async ValueTask<(Seal Seal, EventBlock? Block)?> ReadAsync(SqlSession session, long at)
    {
        var (head, lastBlock) = (await Seal.HeadAsync(session), await EventBlock.HeadAsync(session));
        var block = lastBlock.LastSeal == head.Number ? new EventBlock(lastBlock.Number + 1, head.Number + 1, head.Last, head.Last) : null;
        using var hash = new SealHash(head);
        await EventStream.ForEachAsync(session, head.Last, MostEvents, row =>
        {
            hash.Add(row);
            block?.Add(row);
        });
        return hash.Count == 0 ? null : (hash.Finish(at), hash.Count < AuditBlocks.FewestEvents ? null : block);
    }
}
