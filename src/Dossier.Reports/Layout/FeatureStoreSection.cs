using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>
/// "Raw Model - Feature Store": the inner model and the feature spec of a feature-store model. A wrapper of a kind we cannot look into
/// (neither is there) has no such section.
/// </summary>
internal static class FeatureStoreSection
{
    public static void Lay(BlockList to, JsonObject? raw, ReportOptions options)
    {
        if (raw is null || !(raw.Has("mlflow_model") || raw.Has("feature_spec")))
        {
            return;
        }

        var inner = raw.ObjectAt("mlflow_model") ?? [];
        to.Heading(1, "Raw Model - Feature Store");
        Details.Lay(to, inner);
        Flavors.Lay(to, 2, inner["flavors"], options.ShowAsJson);
        to.Heading(2, "Feature Spec");
        to.FenceOrAbsent(raw["feature_spec"]);
    }
}
