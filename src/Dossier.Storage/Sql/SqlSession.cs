using Dossier.Core.Audit;

namespace Dossier.Storage.Sql;

/// <summary>
/// One transaction's access to the database. Statements use <c>$1, $2, …</c>; their prepared forms are kept with the connection.
/// On SQLite every task is complete when it is returned; store code awaits, and so runs on both.
/// </summary>
internal abstract class SqlSession(Dialect dialect)
{
    private readonly List<Action> _afterCommit = [];
    private Action? _raise;

    public Dialect Dialect { get; } = dialect;

    /// <summary>What hears of committed events; null on sessions that write none.</summary>
    public EventSignal? EventCommitted { get; set; }

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public abstract ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values);

    /// <summary>Runs a query and calls <paramref name="onRow"/> on each row.</summary>
    public abstract ValueTask ForEachAsync(string sql, Action<SqlRow> onRow, params ReadOnlySpan<SqlValue> values);

    /// <summary>Runs a query and returns its first row; <paramref name="none"/> if it has no rows.</summary>
    public abstract ValueTask<T> FirstAsync<T>(string sql, Func<SqlRow, T> read, T none, params ReadOnlySpan<SqlValue> values);

    /// <summary>Writes many rows and returns the number of rows changed.</summary>
    /// <param name="insert">Where to.</param>
    /// <param name="values">Row after row, each with the insert's columns.</param>
    public abstract ValueTask<int> InsertManyAsync(BulkInsert insert, ReadOnlyMemory<SqlValue> values);

    /// <summary>Runs a query and returns its rows.</summary>
    public ValueTask<List<T>> ListAsync<T>(string sql, Func<SqlRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        var rows = new List<T>();
        var done = ForEachAsync(sql, row => rows.Add(read(row)), values);
        return done.IsCompletedSuccessfully ? new(rows) : Finish(done, rows);

        static async ValueTask<List<T>> Finish(ValueTask done, List<T> rows)
        {
            await done;
            return rows;
        }
    }

    /// <summary>Something to do in memory once the transaction is durable; dropped when it is rolled back.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>The transaction holds an event: readers of the stream hear of it at its commit.</summary>
    public void SignalEvent()
    {
        if (EventCommitted is { } signal)
        {
            AfterCommit(_raise ??= signal.Raise);
        }
    }

    /// <summary>A mark to roll the actions after commit back to.</summary>
    protected internal int AfterCommitMark => _afterCommit.Count;

    protected internal void DropAfterCommit(int mark) => _afterCommit.RemoveRange(mark, _afterCommit.Count - mark);

    protected internal void RunAfterCommit()
    {
        foreach (var action in _afterCommit)
        {
            action();
        }

        _afterCommit.Clear();
    }
}
