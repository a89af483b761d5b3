using System.Text;
using Dossier.Protocol.Json;
using Dossier.Protocol.Yaml;

namespace Dossier.Reports.Data;

/// <summary>
/// What feeds a report: one JSON object with <c>manifest</c>, <c>mlflow_model</c>, <c>run</c>, <c>experiment</c> and, for registered
/// models, <c>registered_model</c> and <c>model_version</c>. Member order is the report's order. Reading and writing again gives the same bytes.
/// </summary>
/// <param name="Root">The object.</param>
public sealed record DataDocument(RecordObject Root)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a data document from JSON in UTF-8; a byte order mark is skipped.</summary>
    /// <exception cref="FormatException">The bytes are not UTF-8, not JSON, or not an object; the message says where.</exception>
    public static DataDocument Parse(ReadOnlySpan<byte> json) => Of(JsonReader.Parse(Decode(json)));

    /// <summary>Reads a data document from YAML 1.1 in UTF-8.</summary>
    /// <exception cref="FormatException">As <see cref="Parse"/>; also beyond the bounds of <see cref="YamlReader"/>.</exception>
    public static DataDocument ParseYaml(ReadOnlySpan<byte> yaml) => Of(YamlReader.Parse(Decode(yaml)));

    /// <summary>The file's bytes: ASCII, two spaces of indent, one final line end.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(JsonWriter.Write(Root) + "\n");

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new FormatException($"Not a data document: byte {exception.Index} is not UTF-8.", exception);
        }
    }

    private static DataDocument Of(RecordValue value) => value is RecordObject root
        ? new DataDocument(root)
        : throw new FormatException("Not a data document: a JSON object with members such as 'manifest' and 'run' is expected.");
}
