using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dossier.Storage.Sqlite;

/// <summary>Writes a list parameter as the JSON that <c>json_each</c> reads.</summary>
internal static class JsonList
{
    public static string Of(IReadOnlyList<long> values) => $"[{string.Join(',', values)}]";

    public static string Of(IReadOnlyList<string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
