using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>"Experiment": its details, tags and permissions.</summary>
internal static class ExperimentSection
{
    public static void Lay(BlockList to, JsonObject? experiment)
    {
        if (experiment is null)
        {
            return;
        }

        var inner = experiment.ObjectAt("experiment") ?? experiment;
        to.Heading(1, "Experiment");
        Details.Lay(to, inner);
        LayTags(to, inner["tags"]);
        RegistrySections.LayPermissions(to, experiment);
    }

    private static void LayTags(BlockList to, JsonValue? value)
    {
        to.Heading(2, "Tags");
        if (KeyValueList.ToObject(value) is not { IsEmpty: false } tags)
        {
            to.FenceOrAbsent(value);
            return;
        }

        var groups = tags.ToLookup(tag => tag.Key.StartsWith("mlflow", StringComparison.Ordinal));
        to.KeyValues(3, "MLflow System Tags", new JsonObject(groups[true]), "Key");
        to.KeyValues(3, "User Tags", new JsonObject(groups[false]), "Key");
    }
}
