using System.Text;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Model Overview": the model at a glance, its URIs and, when asked for, the manifest.</summary>
internal static class OverviewSection
{
    private static readonly JsonString Empty = new("");

    public static void Lay(ClassicBody to, RecordView view, LayoutOptions options)
    {
        to.Heading(1, "Model Overview");
        to.KeyValues(0, "MLflow Model", view.Model.IsUnreadable ? view.Model.Members : Overview(view));
        to.KeyValues(0, "MLflow Model URIs", view.Manifest.ModelUris, "URI type", "URI");
        if (options.ShowManifest)
        {
            to.KeyValues(0, "Manifest", view.Manifest.Description);
        }
    }

    private static JsonObject Overview(RecordView view)
    {
        var model = view.Model;
        var flavor = FlavorSummary.Of(model.Flavors);
        return new JsonObject
        {
            ["model_uri"] = view.Manifest.ModelUri,
            ["flavor"] = flavor.Flavor,
            ["flavor_version"] = flavor.Version,
            ["mlflow_version"] = model.MlflowVersion ?? JsonNull.Value,
            ["size_bytes"] = WithThousands(model.SizeBytes ?? JsonNull.Value),
            ["databricks_runtime"] = model.DatabricksRuntime ?? Empty,
            ["is_unity_catalog"] = view.RegisteredModel?.IsUnityCatalog ?? Empty,
            ["time_created"] = UpToSeconds(model.TimeCreated ?? JsonNull.Value),
            ["report_time"] = view.Manifest.ReportTime,
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
