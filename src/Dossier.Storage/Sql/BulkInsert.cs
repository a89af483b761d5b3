namespace Dossier.Storage.Sql;

/// <summary>A column of a <see cref="BulkInsert"/>.</summary>
internal readonly record struct BulkColumn(string Name, SqlKind Kind);

/// <summary>An insert of many rows: one prepared statement stepped for each row on SQLite, one statement over arrays on PostgreSQL.</summary>
internal sealed class BulkInsert
{
    /// <param name="table">The table.</param>
    /// <param name="onConflict">The rest of the statement, e.g. <c>ON CONFLICT DO NOTHING</c>. Rows of one insert must not meet each other in a <c>DO UPDATE</c>.</param>
    /// <param name="columns">The columns.</param>
    public BulkInsert(string table, string onConflict, params BulkColumn[] columns)
    {
        Columns = columns;
        var names = string.Join(", ", columns.Select(column => column.Name));
        var places = string.Join(", ", columns.Select((_, index) => $"${index + 1}"));
        var arrays = string.Join(", ", columns.Select((column, index) => $"${index + 1}::{ArrayType(column.Kind)}"));
        RowSql = $"INSERT INTO {table} ({names}) VALUES ({places}) {onConflict}";
        ArraySql = $"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) {onConflict}";
    }

    public IReadOnlyList<BulkColumn> Columns { get; }

    public string RowSql { get; }

    public string ArraySql { get; }

    private static string ArrayType(SqlKind kind) => kind switch
    {
        SqlKind.Integer => "bigint[]",
        SqlKind.Real => "float8[]",
        SqlKind.Text => "text[]",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not the kind of a column."),
    };
}
