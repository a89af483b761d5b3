using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dossier.Vision.Recording;

/// <summary>The input example: a frame with one row whose column <c>data</c> is a picture in base64, in the split form of pandas.</summary>
internal static class InputExample
{
    public const string File = "input_example.json";
    public const string Column = "data";

    /// <summary>The signature's inputs and outputs, as the JSON texts that MLmodel files hold.</summary>
    public const string Inputs = """[{"type": "string", "name": "data", "required": true}]""";

    /// <inheritdoc cref="Inputs"/>
    public const string Outputs = """[{"type": "string", "name": "label", "required": true}, {"type": "double", "name": "score", "required": true}]""";

    public static void Write(string folder, ReadOnlyMemory<byte> picture)
    {
        var frame = new JsonObject
        {
            ["columns"] = new JsonArray(Column),
            ["data"] = new JsonArray(new JsonArray(Convert.ToBase64String(picture.Span))),
        };
        System.IO.File.WriteAllText(Path.Combine(folder, File), frame.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
