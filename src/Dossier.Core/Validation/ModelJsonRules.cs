using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for the MLmodel that 2.x clients log as JSON text.</summary>
internal static class ModelJsonRules
{
    private static readonly string[] Mandatory = ["artifact_path", "flavors", "utc_time_created", "run_id"];

    /// <summary>The text, which must be a JSON object with what every MLmodel has.</summary>
    public static string Check(string? json)
    {
        var text = TextRules.Required(json, "model_json", Limits.ModelJson);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed(text, "expected a JSON object.");
            }

            var missing = Mandatory.Where(field => !document.RootElement.TryGetProperty(field, out _)).ToList();
            return missing.Count == 0
                ? text
                : throw ProtocolException.Invalid($"Model json is missing mandatory fields: {string.Join(", ", missing)}.");
        }
        catch (JsonException e)
        {
            throw Malformed(text, $"invalid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static ProtocolException Malformed(string text, string hint) =>
        ProtocolException.InvalidValue(TextRules.Excerpt(text), "model_json", hint);
}
