using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.CommandLine.Output;

/// <summary>Writes the protocol's objects as JSON.</summary>
public static class JsonOutput
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>The object on one line.</summary>
    public static string OneLine<T>(T value) => Write(value, Compact);

    /// <summary>The object with two spaces of indent.</summary>
    public static string Pretty<T>(T value) => Write(value, Indented);

    private static string Write<T>(T value, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            JsonSerializer.Serialize(writer, value, WireJson.TypeInfo<T>());
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
