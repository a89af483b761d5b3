using System.Collections.Concurrent;
using Dossier.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dossier.Storage.Sqlite;

/// <summary>A pool of connections that read, each on the thread of its caller, beside the writer and each other.</summary>
internal sealed class SqliteReaders(SqliteConnector connector) : IAsyncDisposable
{
    private static readonly int Most = Math.Max(4, Environment.ProcessorCount * 2);
    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentStack<SqliteSession> _idle = new();

    public async Task<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> read, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            var session = _idle.TryPop(out var idle) ? idle : connector.OpenReader();
            try
            {
                await using var interruption = cancel.UnsafeRegister(static state => ((SqliteSession)state!).Interrupt(), session);
                cancel.ThrowIfCancellationRequested();
                return await session.SnapshotAsync(read);
            }
            catch (SqliteException interrupted) when (interrupted.SqliteErrorCode == raw.SQLITE_INTERRUPT)
            {
                throw new OperationCanceledException(interrupted.Message, interrupted, cancel);
            }
            finally
            {
                _idle.Push(session);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var taken = 0; taken < Most; taken++)
        {
            await _free.WaitAsync();
        }

        foreach (var session in _idle)
        {
            session.Dispose();
        }

        _free.Dispose();
    }
}
