using Dossier.Storage.Events;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Audit;

/// <summary>Vouches for the events after the seal before, up to its own last one. See <see cref="SealHash"/> for what its hash is of.</summary>
/// <param name="Number">1 for the first, then up without gaps.</param>
/// <param name="Last">The position of its last event.</param>
/// <param name="Count">How many events it vouches for.</param>
/// <param name="At">When it was set, in milliseconds since the epoch.</param>
/// <param name="Hash">SHA-256, 32 bytes.</param>
/// <param name="Digests">The first <see cref="SealHash.DigestBytes"/> bytes of each event's own hash, to name the one that was changed.</param>
internal sealed record Seal(long Number, EventPosition Last, long Count, long At, byte[] Hash, byte[] Digests)
{
    /// <summary>The start of the chain, before the first seal and every event.</summary>
    public static Seal None { get; } = new(0, new(long.MinValue, long.MinValue), 0, 0, new byte[SealHash.HashBytes], []);

    private const string Select = "SELECT number, last_tx, last_id, count, at, hash, digests FROM audit_seals";

    /// <summary>The last seal; <see cref="None"/> if there are no seals.</summary>
    public static ValueTask<Seal> HeadAsync(SqlSession session) => session.FirstAsync($"{Select} ORDER BY number DESC LIMIT 1", Read, None);

    /// <summary>The seal with this number; null if it does not exist.</summary>
    public static ValueTask<Seal?> FindAsync(SqlSession session, long number) => session.FirstAsync<Seal?>($"{Select} WHERE number = $1", Read, null, number);

    /// <summary>The first seal after this number; null if there are no later ones.</summary>
    public static ValueTask<Seal?> NextAsync(SqlSession session, long number) =>
        session.FirstAsync<Seal?>($"{Select} WHERE number > $1 ORDER BY number LIMIT 1", Read, null, number);

    /// <summary>Adds the seal; false: another replica was quicker.</summary>
    public async ValueTask<bool> AddAsync(SqlSession session) => await session.ExecuteAsync(
        "INSERT INTO audit_seals (number, last_tx, last_id, count, at, hash, digests) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (number) DO NOTHING",
        Number, Last.Tx, Last.Id, Count, At, Hash, Digests) > 0;

    private static Seal Read(SqlRow row) => new(
        row.Integer(0), new(row.Integer(1), row.Integer(2)), row.Integer(3), row.Integer(4), row.Bytes(5).ToArray(), row.Bytes(6).ToArray());
}
