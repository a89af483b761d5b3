using Dossier.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dossier.Storage.Sqlite;

/// <summary>A SQLite connection with its prepared statements; for one thread at a time. All its tasks are complete when returned.</summary>
internal sealed class SqliteSession : SqlSession, IDisposable
{
    // Searches make new texts; the fixed statements are some dozens and are soon prepared again.
    private const int MostStatements = 400;
    private readonly Dictionary<string, SqliteStatement> _statements = [];
    private readonly Utf8Interner _interner = new();
    private readonly SqliteConnection _connection;
    private readonly sqlite3 _database;

    public SqliteSession(SqliteConnection connection) : base(SqliteDialect.Instance) =>
        (_connection, _database) = (connection, connection.Handle!);

    /// <summary>Rows changed since the connection was opened, those rolled back included.</summary>
    public int TotalChanges => raw.sqlite3_total_changes(_database);

    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    public override ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values) => new(Execute(sql, values));

    public override ValueTask ForEachAsync(string sql, Action<SqlRow> onRow, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepared(sql);
        try
        {
            statement.Bind(values);
            var row = statement.Row(_interner);
            while (statement.Step())
            {
                onRow(row);
            }
        }
        finally
        {
            statement.Reset();
        }

        return default;
    }

    public override ValueTask<T> FirstAsync<T>(string sql, Func<SqlRow, T> read, T none, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepared(sql);
        try
        {
            statement.Bind(values);
            return new(statement.Step() ? read(statement.Row(_interner)) : none);
        }
        finally
        {
            statement.Reset();
        }
    }

    public override ValueTask<int> InsertManyAsync(BulkInsert insert, ReadOnlyMemory<SqlValue> values)
    {
        var statement = Prepared(insert.RowSql);
        var width = insert.Columns.Count;
        var before = TotalChanges;
        ReadOnlySpan<SqlValue> last = [];
        for (var rest = values.Span; !rest.IsEmpty; rest = rest[width..])
        {
            try
            {
                statement.BindChanged(rest[..width], last);
                statement.Step();
                last = rest[..width];
            }
            finally
            {
                statement.Reset();
            }
        }

        return new(TotalChanges - before);
    }

    public int Execute(string sql, params ReadOnlySpan<SqlValue> values)
    {
        var statement = Prepared(sql);
        try
        {
            statement.Bind(values);
            while (statement.Step())
            {
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs the reads of one call on one state of the database.</summary>
    public async ValueTask<T> SnapshotAsync<T>(Func<SqlSession, ValueTask<T>> read)
    {
        Execute("BEGIN");
        try
        {
            return await read(this);
        }
        finally
        {
            RollBack();
        }
    }

    /// <summary>Ends the transaction, if SQLite has not done so already after an error.</summary>
    public void RollBack()
    {
        if (InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    /// <summary>Makes the statement that runs end with an error. The one call that another thread may make.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_database);

    public void Dispose()
    {
        Forget();
        _connection.Dispose();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            if (_statements.Count == MostStatements)
            {
                Forget();
            }

            statement = new SqliteStatement(_database, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    private void Forget()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
