using Dossier.Storage.Sql;

namespace Dossier.Storage.Sqlite;

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
