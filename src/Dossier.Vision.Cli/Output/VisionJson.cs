using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dossier.Vision.Cli.Output;

/// <summary>How this program's own JSON looks.</summary>
internal static class VisionJson
{
    /// <summary>On one line.</summary>
    public static JsonSerializerOptions Line { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>With two spaces of indent.</summary>
    public static JsonSerializerOptions Pretty { get; } = new(Line) { WriteIndented = true, NewLine = "\n" };
}
