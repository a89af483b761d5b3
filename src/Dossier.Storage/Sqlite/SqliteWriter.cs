using System.Collections.Concurrent;
using System.Diagnostics;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Sqlite;

/// <summary>
/// The one thread that writes. What arrives while a commit goes to disk is the next group: one transaction, one commit.
/// A write that fails rolls back alone: if it had changed something, the group is undone and run again with a savepoint around each
/// (savepoints copy every page that is touched, so they are kept for when they are needed). Nobody is told before the commit is on disk.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>Writes that may wait: more are refused, so that memory stays bounded when the disk does not keep up.</summary>
    private const int LongestQueue = 2048;

    /// <summary>A group takes no more writes after this long, so that the first of a group does not wait for very many.</summary>
    private static readonly TimeSpan LongestGroup = TimeSpan.FromMilliseconds(50);

    private readonly BlockingCollection<SqliteWrite> _queue = new(LongestQueue);
    private readonly List<SqliteWrite> _group = [];
    private readonly List<(SqliteWrite Write, Exception Error)> _refused = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private readonly StoreStatistics _statistics;

    public SqliteWriter(SqliteSession session, StoreStatistics statistics)
    {
        (_session, _statistics) = (session, statistics);
        statistics.Waiting = () => _queue.Count;
        new Thread(Loop) { IsBackground = true, Name = "Dossier SQLite writer" }.Start();
    }

    /// <exception cref="ProtocolException"><c>TEMPORARILY_UNAVAILABLE</c>: too many writes wait, or the store is closing.</exception>
    public Task<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> write, CancellationToken cancel)
    {
        var waiting = new SqliteWrite<T>(write, cancel);
        try
        {
            return _queue.TryAdd(waiting, 0, CancellationToken.None) ? waiting.Task : throw Unavailable("too many writes are waiting");
        }
        catch (InvalidOperationException)
        {
            throw Unavailable("it is shutting down");
        }
    }

    /// <summary>Finishes all that is in the queue.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _ended.Task;
        _session.Dispose();
        _queue.Dispose();
    }

    private void Loop()
    {
        while (_queue.TryTake(out var first, Timeout.Infinite))
        {
            try
            {
                CommitGroup(first);
            }
            catch (Exception error)
            {
                // Not even the transaction could begin or end (disk full, file gone): nothing of the group is on disk.
                FailGroup(error);
            }

            _group.Clear();
            _refused.Clear();
        }

        _ended.SetResult();
    }

    private void CommitGroup(SqliteWrite first)
    {
        var began = Stopwatch.GetTimestamp();
        var next = first;
        Begin();
        do
        {
            if (!RunOrRefuse(next))
            {
                _session.RollBack();
                Begin();
                RunEachInSavepoint();
                break;
            }
        }
        while (Stopwatch.GetElapsedTime(began) < LongestGroup && _queue.TryTake(out next!));

        _session.Execute("COMMIT");
        _statistics.Committed(_group.Count, began);
        _session.RunAfterCommit();
        foreach (var write in _group)
        {
            write.Acknowledge();
        }

        // A refusal may rest on a write of this group (the name is taken): it is true only now.
        foreach (var (write, error) in _refused)
        {
            write.Fail(error);
        }
    }

    private void Begin()
    {
        _session.DropAfterCommit(0);
        _session.Execute("BEGIN IMMEDIATE");
    }

    /// <summary>Runs a write. False: it failed with a part of it written, so the group must be undone.</summary>
    private bool RunOrRefuse(SqliteWrite write)
    {
        if (write.IsAbandoned)
        {
            write.Abandon();
            return true;
        }

        var (changes, mark) = (_session.TotalChanges, _session.AfterCommitMark);
        try
        {
            write.Run(_session);
            _group.Add(write);
        }
        catch (Exception error)
        {
            if (_session.TotalChanges != changes || !_session.InTransaction)
            {
                _group.Add(write);
                return false;
            }

            // Most are refused before they write anything: an unknown run, a deleted one.
            _session.DropAfterCommit(mark);
            _refused.Add((write, error));
        }

        return true;
    }

    private void RunEachInSavepoint()
    {
        foreach (var write in _group.ToArray())
        {
            var mark = _session.AfterCommitMark;
            _session.Execute("SAVEPOINT one_write");
            try
            {
                write.Run(_session);
                _session.Execute("RELEASE one_write");
            }
            catch (Exception error)
            {
                // After an error that ended the whole transaction this throws too, and the whole group fails.
                _session.Execute("ROLLBACK TO one_write");
                _session.Execute("RELEASE one_write");
                _session.DropAfterCommit(mark);
                _group.Remove(write);
                _refused.Add((write, error));
            }
        }
    }

    private void FailGroup(Exception error)
    {
        try
        {
            _session.RollBack();
        }
        catch (Exception alsoThis)
        {
            error = new AggregateException(error, alsoThis);
        }

        foreach (var write in _group.Concat(_refused.Select(static one => one.Write)))
        {
            write.Fail(error);
        }
    }

    private static ProtocolException Unavailable(string why) =>
        new(ErrorCode.TemporarilyUnavailable, $"The server cannot accept this write now: {why}. Try again in a moment.");
}

/// <summary>A write that waits for its turn on the writer's thread.</summary>
internal abstract class SqliteWrite(CancellationToken cancel)
{
    /// <summary>Whether its caller went away before it began.</summary>
    public bool IsAbandoned => cancel.IsCancellationRequested;

    /// <summary>Runs it, without telling the caller yet.</summary>
    public abstract void Run(SqlSession session);

    /// <summary>Tells the caller that what <see cref="Run"/> did is on disk.</summary>
    public abstract void Acknowledge();

    public abstract void Fail(Exception error);

    public abstract void Abandon();

    protected CancellationToken Cancel => cancel;
}

/// <inheritdoc cref="SqliteWrite"/>
internal sealed class SqliteWrite<T>(Func<SqlSession, ValueTask<T>> write, CancellationToken cancel) : SqliteWrite(cancel)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override void Run(SqlSession session)
    {
        var running = write(session);
        _result = running.IsCompleted
            ? running.GetAwaiter().GetResult()
            : throw new InvalidOperationException("A SQLite write awaited something other than the database.");
    }

    public override void Acknowledge() => _done.TrySetResult(_result!);

    public override void Fail(Exception error) => _done.TrySetException(error);

    public override void Abandon() => _done.TrySetCanceled(Cancel);
}
