using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dossier.Core.Webhooks;

/// <summary>Writes the JSON of a payload.</summary>
internal static class PayloadText
{
    // The text is a body of its own, never a part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
