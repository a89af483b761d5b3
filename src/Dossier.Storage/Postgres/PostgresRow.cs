using Dossier.Storage.Sql;
using Npgsql;

namespace Dossier.Storage.Postgres;

/// <inheritdoc/>
internal sealed class PostgresRow(NpgsqlDataReader reader) : SqlRow
{
    private readonly Dictionary<string, string> _shared = [];

    public override bool IsNull(int column) => reader.IsDBNull(column);

    public override long Integer(int column) => reader.GetInt64(column);

    public override double Real(int column) => reader.GetDouble(column);

    public override string Text(int column) => reader.GetString(column);

    public override ReadOnlySpan<byte> Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public override string SharedText(int column)
    {
        var text = reader.GetString(column);
        return _shared.TryGetValue(text, out var shared) ? shared : _shared[text] = text;
    }
}
