using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>"Run": the training run's info, params, metrics, inputs and tags.</summary>
internal static class RunSection
{
    public static void Lay(BlockList to, JsonObject? run, ReportOptions options)
    {
        if (run is null)
        {
            return;
        }

        to.Heading(1, "Run");
        if (run["error"] is { } error)
        {
            to.KeyValues(2, RecordLayout.ErrorTitle, ParseError(error) ?? run);
        }
        else if (run.Has("warning"))
        {
            to.KeyValues(run);
        }
        else
        {
            var data = run.ObjectAt("data") ?? [];
            to.KeyValues(2, "Info", run["info"]);
            to.KeyValues(2, "Params", KeyValueList.ToObject(data["params"]) ?? data["params"], "Param");
            to.KeyValues(2, "Metrics", KeyValueList.ToObject(data["metrics"]) ?? data["metrics"], "Metric");
            to.Heading(2, "Inputs");
            if (options.ShowInputs)
            {
                DatasetInputs.Lay(to, run["inputs"]);
            }

            RunTags.Lay(to, KeyValueList.ToObject(data["tags"]) ?? []);
            ExplodedTags.Lay(to, KeyValueList.ToObject(data["tags"]) ?? []);
        }
    }

    private static JsonObject? ParseError(JsonValue error) =>
        error as JsonObject
        ?? (error is JsonString text && JsonReader.TryParse(text.Value, JsonReader.MaxDepth, out var value) ? value as JsonObject : null);
}
