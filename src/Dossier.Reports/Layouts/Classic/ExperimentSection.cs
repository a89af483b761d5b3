using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Experiment": its details, tags and permissions.</summary>
internal static class ExperimentSection
{
    public static void Lay(ClassicBody to, ExperimentView? experiment)
    {
        if (experiment is null)
        {
            return;
        }

        to.Heading(1, "Experiment");
        to.Details(experiment.Description);
        LayTags(to, experiment.Tags);
        RegistrySections.LayPermissions(to, experiment.Permissions);
    }

    private static void LayTags(ClassicBody to, RecordValue? value)
    {
        to.Heading(2, "Tags");
        if (value is not RecordObject { IsEmpty: false } tags)
        {
            to.DataOrAbsent(value);
            return;
        }

        var groups = tags.ToLookup(tag => tag.Key.StartsWith("mlflow", StringComparison.Ordinal));
        to.KeyValues(3, "MLflow System Tags", new RecordObject(groups[true]), "Key");
        to.KeyValues(3, "User Tags", new RecordObject(groups[false]), "Key");
    }
}
