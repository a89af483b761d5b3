using System.Buffers;
using System.Text;
using Dossier.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dossier.Storage.Sqlite;

/// <summary>
/// A prepared statement, used straight through SQLite's own interface: the command objects of ADO.NET box each value and
/// cost more than the statements themselves.
/// </summary>
internal sealed class SqliteStatement(sqlite3 database, string sql) : IDisposable
{
    private const int StackBytes = 512;
    private readonly sqlite3_stmt _statement = Prepare(database, sql);

    public SqliteRow Row(Utf8Interner interner) => new(_statement, interner);

    /// <summary>Binds <c>$1, $2, …</c>.</summary>
    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            Check(Bind(index + 1, values[index]));
        }
    }

    /// <summary>Binds a row after another one, of which numbers that stay the same are still bound.</summary>
    public void BindChanged(ReadOnlySpan<SqlValue> values, ReadOnlySpan<SqlValue> last)
    {
        for (var index = 0; index < values.Length; index++)
        {
            ref readonly var value = ref values[index];
            if (last.IsEmpty || value.Kind != last[index].Kind || value.Kind is not (SqlKind.Integer or SqlKind.Real) || value.Integer != last[index].Integer)
            {
                Check(Bind(index + 1, value));
            }
        }
    }

    /// <summary>Goes to the next row; false after the last one.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }

        if (code is not raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    /// <summary>Makes it ready to run again. An error of the run was thrown by <see cref="Step"/> already.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Dispose() => _statement.Dispose();

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        // SQLite takes $2 for a name and counts names as they come; ?2 is the second parameter. No statement of ours has a $ elsewhere.
        var code = raw.sqlite3_prepare_v3(database, sql.Replace('$', '?'), raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        SqliteException.ThrowExceptionForRC(code, database);
        return statement;
    }

    private int Bind(int place, in SqlValue value) => value.Kind switch
    {
        SqlKind.Null => raw.sqlite3_bind_null(_statement, place),
        SqlKind.Integer => raw.sqlite3_bind_int64(_statement, place, value.Integer),
        SqlKind.Real => raw.sqlite3_bind_double(_statement, place, value.Real),
        SqlKind.Text => BindText(place, value.Text),
        SqlKind.Bytes => raw.sqlite3_bind_blob(_statement, place, value.Bytes),
        SqlKind.IntegerList => BindText(place, JsonList.Of(value.Integers)),
        SqlKind.TextList => BindText(place, JsonList.Of(value.Texts)),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Kind, "Not a kind of value."),
    };

    private int BindText(int place, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= StackBytes)
        {
            Span<byte> bytes = stackalloc byte[StackBytes];
            return raw.sqlite3_bind_text(_statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return raw.sqlite3_bind_text(_statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }
}
