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
        while (await ReadAsync(at, cancel) is { } seal)
        {
            await database.WriteAsync(seal.AddAsync, cancel);
            if (seal.Count < MostEvents)
            {
                break;
            }
        }

        await AuditBlocks.AddAsync(database, cancel);
    }

    private Task<Seal?> ReadAsync(long at, CancellationToken cancel) => database.ReadAsync(async session =>
    {
        var head = await Seal.HeadAsync(session);
        using var hash = new SealHash(head);
        await EventStream.ForEachAsync(session, head.Last, MostEvents, row => hash.Add(row));
        return hash.Count == 0 ? null : hash.Finish(at);
    }, cancel);
}
