using System.Text;
using Dossier.Storage.Sql;
using SQLitePCL;

namespace Dossier.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteRow(sqlite3_stmt statement, Utf8Interner interner) : SqlRow
{
    public override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public override long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public override double Real(int column) => raw.sqlite3_column_double(statement, column);

    // The bytes of a text column are its UTF-8, and come with their length: no search for the terminating zero.
    public override string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    public override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public override string SharedText(int column) => interner.Get(raw.sqlite3_column_blob(statement, column));
}
