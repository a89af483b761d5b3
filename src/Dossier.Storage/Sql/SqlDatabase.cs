using Dossier.Core.Audit;

namespace Dossier.Storage.Sql;

/// <summary>A database: runs reads on a consistent state, and writes as transactions that are durable when their task completes.</summary>
internal abstract class SqlDatabase(Dialect dialect) : IAsyncDisposable
{
    public Dialect Dialect { get; } = dialect;

    /// <summary>Counts what is done.</summary>
    public StoreStatistics Statistics { get; } = new();

    /// <summary>Hears of every event that this process commits.</summary>
    public EventSignal EventCommitted { get; } = new();

    /// <summary>Reads; all statements of one call see the same state.</summary>
    public abstract Task<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> read, CancellationToken cancel);

    /// <summary>
    /// Writes in one transaction. An exception rolls it back and comes out here. <paramref name="write"/> may run more than once
    /// (PostgreSQL: after a lost race), so all it changes outside the database goes through <see cref="SqlSession.AfterCommit"/>.
    /// </summary>
    /// <param name="write">The transaction.</param>
    /// <param name="cancel">Ends the wait for its turn; a write that has begun is finished.</param>
    public abstract Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> write, CancellationToken cancel);

    /// <summary>Writes what gives nothing back.</summary>
    public Task WriteAsync(Func<SqlSession, ValueTask> write, CancellationToken cancel) =>
        WriteAsync(async session =>
        {
            await write(session);
            return true;
        }, cancel);

    /// <summary>Finishes the writes that have begun, then closes.</summary>
    public abstract ValueTask DisposeAsync();
}
