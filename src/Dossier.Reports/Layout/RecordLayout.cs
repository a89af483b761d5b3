using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Document;
using Dossier.Reports.Markdown;

namespace Dossier.Reports.Layout;

/// <summary>The layout of the model's record: which sections there are, in which order.</summary>
public static class RecordLayout
{
    internal const string ErrorTitle = """**<font color="red">Error</font>**""";

    /// <summary>Lays a data document out.</summary>
    public static ReportDocument Lay(DataDocument data, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var root = data.Root;
        var uri = options.TitleUri ?? PythonText.Of(root.ObjectAt("manifest")?["model_uri"] ?? JsonNull.Value);
        var title = $"MLflow Model: _{uri}_";
        var to = new BlockList();
        if (root.Has("error"))
        {
            to.Heading(1, ErrorTitle);
            to.KeyValues(root);
            return new ReportDocument(title, HasContents: false, to.Blocks);
        }

        OverviewSection.Lay(to, root, options);
        MlModelSection.Lay(to, root.ObjectAt("mlflow_model") ?? [], options);
        FeatureStoreSection.Lay(to, root.ObjectAt("mlflow_model_raw"), options);
        LayRegistry(to, root, options.SectionOrder);
        RunSection.Lay(to, root.ObjectAt("run"), options);
        ExperimentSection.Lay(to, root.ObjectAt("experiment"));
        return new ReportDocument(title, HasContents: true, to.Blocks);
    }

    private static void LayRegistry(BlockList to, JsonObject root, SectionOrder order)
    {
        if (order == SectionOrder.VersionFirst)
        {
            RegistrySections.LayVersion(to, root.ObjectAt("model_version"));
            RegistrySections.LayModel(to, root.ObjectAt("registered_model"));
        }
        else
        {
            RegistrySections.LayModel(to, root.ObjectAt("registered_model"));
            RegistrySections.LayVersion(to, root.ObjectAt("model_version"));
        }
    }
}
