using System.Text;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Model Overview": the model at a glance, its URIs and, when asked for, the manifest.</summary>
internal static class OverviewSection
{
    private static readonly RecordText Empty = new("");

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

    private static RecordObject Overview(RecordView view)
    {
        var model = view.Model;
        var flavor = FlavorSummary.Of(model.Flavors);
        return new RecordObject
        {
            ["model_uri"] = view.Manifest.ModelUri,
            ["flavor"] = flavor.Flavor,
            ["flavor_version"] = flavor.Version,
            ["mlflow_version"] = model.MlflowVersion ?? RecordNull.Value,
            ["size_bytes"] = WithThousands(model.SizeBytes ?? RecordNull.Value),
            ["databricks_runtime"] = model.DatabricksRuntime ?? Empty,
            ["is_unity_catalog"] = view.RegisteredModel?.IsUnityCatalog ?? Empty,
            ["time_created"] = UpToSeconds(model.TimeCreated ?? RecordNull.Value),
            ["report_time"] = view.Manifest.ReportTime,
        };
    }

    private static RecordValue WithThousands(RecordValue size) => size is RecordNumber { IsInteger: true } number
        ? new RecordText(WithThousands(number.Text))
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

    private static RecordValue UpToSeconds(RecordValue time) => time is RecordText text ? new RecordText(text.Value.Split('.')[0]) : time;
}
