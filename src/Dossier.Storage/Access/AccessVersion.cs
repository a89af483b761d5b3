using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>
/// Counts the changes that decide about access. Every write that makes one calls <see cref="ChangeAsync"/>: what is remembered of access is then
/// forgotten in this process at its commit, and in others as soon as they look.
/// </summary>
internal sealed class AccessVersion
{
    private const string Read = "SELECT version FROM access_state";
    private long _version;
    private long _seen;

    public long Current => Interlocked.Read(ref _version);

    /// <summary>
    /// Lets no other transaction change what decides about access before this one ends: for changes that check more than the rows they touch.
    /// To be called first, so that all that is read afterwards is what the one before has left.
    /// </summary>
    public static ValueTask<long> LockAsync(SqlSession session) => session.FirstAsync(session.Dialect.ForUpdate(Read), static row => row.Integer(0), 0L);

    /// <summary>To be called in the transaction of the change.</summary>
    public async ValueTask ChangeAsync(SqlSession session)
    {
        await session.ExecuteAsync("UPDATE access_state SET version = version + 1");
        session.AfterCommit(() => Interlocked.Increment(ref _version));
    }

    /// <summary>Looks for changes of other processes; one of this process may count twice, which does no harm.</summary>
    public async Task RefreshAsync(SqlDatabase database, CancellationToken cancel)
    {
        var stored = await database.ReadAsync(session => session.FirstAsync(Read, static row => row.Integer(0), 0L), cancel);
        if (Interlocked.Exchange(ref _seen, stored) != stored)
        {
            Interlocked.Increment(ref _version);
        }
    }
}
