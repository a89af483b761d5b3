using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>The datasets that a run used, a row each, by what it used them for. The seed's layout leaves them out.</summary>
internal static class DatasetInputs
{
    private const string ContextTag = "mlflow.data.context";

    // As the record names them; context is a tag of the use.
    private static readonly string[] Members = ["name", "digest", "source_type", "source", "profile"];

    /// <summary>Lays the rows, or the absent marker.</summary>
    public static void Lay(BlockList to, JsonValue? inputs)
    {
        var uses = ((inputs as JsonObject)?["dataset_inputs"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        if (uses.Count == 0)
        {
            to.Absent();
        }
        else
        {
            to.Grid(["Context", "Name", "Digest", "Source type", "Source", "Profile"], [.. uses.Select(Row)]);
        }
    }

    private static List<JsonValue> Row(JsonObject use)
    {
        var dataset = use["dataset"] as JsonObject ?? [];
        return [Context(use["tags"]), .. Members.Select(member => dataset[member] ?? JsonNull.Value)];
    }

    private static JsonValue Context(JsonValue? tags) =>
        (tags as JsonArray)?.OfType<JsonObject>().FirstOrDefault(tag => tag["key"] is JsonString { Value: ContextTag })?["value"] ?? JsonNull.Value;
}
