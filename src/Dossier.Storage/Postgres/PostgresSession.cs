using Dossier.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Dossier.Storage.Postgres;

/// <summary>A PostgreSQL connection in a transaction. Npgsql prepares statements that come again and keeps them with the connection.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, CancellationToken cancel) : SqlSession(PostgresDialect.Instance)
{
    public override ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values)
    {
        return Run(Command(sql, values), cancel);

        static async ValueTask<int> Run(NpgsqlCommand command, CancellationToken cancel)
        {
            await using (command)
            {
                return await command.ExecuteNonQueryAsync(cancel);
            }
        }
    }

    public override ValueTask ForEachAsync(string sql, Action<SqlRow> onRow, params ReadOnlySpan<SqlValue> values)
    {
        return Run(Command(sql, values), onRow, cancel);

        static async ValueTask Run(NpgsqlCommand command, Action<SqlRow> onRow, CancellationToken cancel)
        {
            await using (command)
            {
                await using var reader = await command.ExecuteReaderAsync(cancel);
                var row = new PostgresRow(reader);
                while (await reader.ReadAsync(cancel))
                {
                    onRow(row);
                }
            }
        }
    }

    public override ValueTask<T> FirstAsync<T>(string sql, Func<SqlRow, T> read, T none, params ReadOnlySpan<SqlValue> values)
    {
        return Run(Command(sql, values), read, none, cancel);

        static async ValueTask<T> Run(NpgsqlCommand command, Func<SqlRow, T> read, T none, CancellationToken cancel)
        {
            await using (command)
            {
                await using var reader = await command.ExecuteReaderAsync(cancel);
                return await reader.ReadAsync(cancel) ? read(new PostgresRow(reader)) : none;
            }
        }
    }

    public override async ValueTask<int> InsertManyAsync(BulkInsert insert, ReadOnlyMemory<SqlValue> values)
    {
        if (values.IsEmpty)
        {
            return 0;
        }

        await using var command = new NpgsqlCommand(insert.ArraySql, connection);
        for (var column = 0; column < insert.Columns.Count; column++)
        {
            command.Parameters.Add(ColumnArray(insert.Columns[column].Kind, values.Span, column, insert.Columns.Count));
        }

        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlParameter ColumnArray(SqlKind kind, ReadOnlySpan<SqlValue> values, int column, int width)
    {
        var rows = values.Length / width;
        switch (kind)
        {
            case SqlKind.Integer:
                var integers = new long?[rows];
                for (var row = 0; row < rows; row++)
                {
                    ref readonly var value = ref values[(row * width) + column];
                    integers[row] = value.Kind == SqlKind.Null ? null : value.Integer;
                }

                return new NpgsqlParameter { Value = integers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
            case SqlKind.Real:
                var reals = new double[rows];
                for (var row = 0; row < rows; row++)
                {
                    reals[row] = values[(row * width) + column].Real;
                }

                return new NpgsqlParameter { Value = reals, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double };
            default:
                var texts = new string?[rows];
                for (var row = 0; row < rows; row++)
                {
                    ref readonly var value = ref values[(row * width) + column];
                    texts[row] = value.Kind == SqlKind.Null ? null : value.Text;
                }

                return new NpgsqlParameter { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        }
    }

    private NpgsqlCommand Command(string sql, ReadOnlySpan<SqlValue> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (ref readonly var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    private static NpgsqlParameter Parameter(in SqlValue value) => value.Kind switch
    {
        SqlKind.Null => new NpgsqlParameter { Value = DBNull.Value },
        SqlKind.Integer => new NpgsqlParameter<long> { TypedValue = value.Integer },
        SqlKind.Real => new NpgsqlParameter<double> { TypedValue = value.Real },
        SqlKind.Text => new NpgsqlParameter<string> { TypedValue = value.Text },
        SqlKind.Bytes => new NpgsqlParameter<byte[]> { TypedValue = value.Bytes },
        SqlKind.IntegerList => new NpgsqlParameter { Value = value.Integers.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        SqlKind.TextList => new NpgsqlParameter { Value = value.Texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Kind, "Not a kind of value."),
    };
}
