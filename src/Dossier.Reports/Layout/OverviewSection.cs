using System.Text;
using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>"Model Overview": the model at a glance, its URIs and, when asked for, the manifest.</summary>
internal static class OverviewSection
{
    private static readonly JsonString Empty = new("");

    public static void Lay(BlockList to, JsonObject root, ReportOptions options)
    {
        var manifest = root.ObjectAt("manifest") ?? [];
        var model = root.ObjectAt("mlflow_model") ?? [];
        to.Heading(1, "Model Overview");
        to.KeyValues(0, "MLflow Model", model.Has("error") || model.Has("warning") ? model : Overview(root, manifest, model, options));
        to.KeyValues(0, "MLflow Model URIs", manifest["model_uris"], "URI type", "URI");
        if (options.ShowManifest)
        {
            to.KeyValues(0, "Manifest", Manifest(manifest, options));
        }
    }

    private static JsonObject Manifest(JsonObject manifest, ReportOptions options)
    {
        var shown = new JsonObject(manifest.Where(member => member.Key != "model_uris"));
        if (options.Source is { } source)
        {
            shown["source"] = new JsonString(source);
        }

        return shown;
    }

    private static JsonObject Overview(JsonObject root, JsonObject manifest, JsonObject model, ReportOptions options)
    {
        var flavor = FlavorSummary.Of(model["flavors"]);
        return new JsonObject
        {
            ["model_uri"] = manifest["model_uri"] ?? JsonNull.Value,
            ["flavor"] = flavor.Flavor,
            ["flavor_version"] = flavor.Version,
            ["mlflow_version"] = model["mlflow_version"] ?? JsonNull.Value,
            ["size_bytes"] = WithThousands(model["model_size_bytes"] ?? JsonNull.Value),
            ["databricks_runtime"] = model["databricks_runtime"] ?? Empty,
            ["is_unity_catalog"] = root.ObjectAt("registered_model")?["_is_unity_catalog"] ?? Empty,
            ["time_created"] = UpToSeconds(model["utc_time_created"] ?? JsonNull.Value),
            ["report_time"] = options.ReportTime is { } time ? new JsonString(time) : manifest["timestamp"] ?? JsonNull.Value,
        };
    }

    private static JsonValue WithThousands(JsonValue size) => size is JsonNumber { IsInteger: true } number
        ? new JsonString(WithThousands(number.Text))
        : size;

    /// <summary>Works on the digits, for integers may be of any size.</summary>
    private static string WithThousands(string integer)
    {
        var text = new StringBuilder(integer);
        for (var position = integer.Length - 3; position > (integer[0] == '-' ? 1 : 0); position -= 3)
        {
            text.Insert(position, ',');
        }

        return text.ToString();
    }

    private static JsonValue UpToSeconds(JsonValue time) => time is JsonString text ? new JsonString(text.Value.Split('.')[0]) : time;
}
