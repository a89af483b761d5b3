using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Search;

/// <summary>A page token: base64url of a JSON list of the query's fingerprint and the last row's sort keys.</summary>
internal static class PageToken
{
    /// <summary>Identifies a query by its text and all its values.</summary>
    public static string Fingerprint(string sql, IReadOnlyList<SqlValue> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, sql);
        foreach (var value in values)
        {
            Add(hash, value.Kind switch
            {
                SqlKind.Null => "-",
                SqlKind.Text => value.Text,
                SqlKind.IntegerList => string.Join(',', value.Integers),
                SqlKind.TextList => string.Join('\0', value.Texts),
                _ => value.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, 9));
    }

    public static string Write(string fingerprint, ReadOnlySpan<SqlValue> keys)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(fingerprint);
            foreach (ref readonly var key in keys)
            {
                Write(json, key);
            }

            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>: the token is not of this query.</exception>
    public static SqlValue[] Read(string token, string fingerprint, ReadOnlySpan<SortKey> keys)
    {
        try
        {
            if (Base64Url.IsValid(token))
            {
                using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(token));
                var list = document.RootElement;
                if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == keys.Length + 1 && list[0].ValueEquals(fingerprint))
                {
                    var values = new SqlValue[keys.Length];
                    for (var index = 0; index < values.Length; index++)
                    {
                        values[index] = Value(list[index + 1], keys[index].Column);
                    }

                    return values;
                }
            }
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            // The same answer as for a token of another query.
        }

        throw ProtocolException.Invalid(
            "Invalid value for parameter 'page_token' supplied: it is not a token of this search. Use the next_page_token of the previous page with the same filter, order and ids.");
    }

    private static void Write(Utf8JsonWriter json, in SqlValue key)
    {
        switch (key.Kind)
        {
            case SqlKind.Null:
                json.WriteNullValue();
                break;
            case SqlKind.Integer:
                json.WriteNumberValue(key.Integer);
                break;
            case SqlKind.Real:
                json.WriteNumberValue(key.Real);
                break;
            default:
                json.WriteStringValue(key.Text);
                break;
        }
    }

    private static SqlValue Value(JsonElement value, SearchColumn column) => value.ValueKind == JsonValueKind.Null
        ? column.Nullable ? default(SqlValue) : throw new FormatException()
        : column.Type switch
        {
            ColumnType.Integer => value.GetInt64(),
            ColumnType.Real => value.GetDouble(),
            _ => value.GetString(),
        };

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(BitConverter.GetBytes(text.Length));
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
