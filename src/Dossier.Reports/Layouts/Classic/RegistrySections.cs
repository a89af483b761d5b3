using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Registered Model" and "Registered Model Version", each only if there is one.</summary>
internal static class RegistrySections
{
    public static void LayModel(ClassicBody to, RegistryView? model)
    {
        if (model is null)
        {
            return;
        }

        to.Heading(1, "Registered Model");
        to.Details(model.Members);
        to.KeyValues(2, "Tags", model.Tags);
        LayPermissions(to, model.Permissions);
    }

    public static void LayVersion(ClassicBody to, VersionView? version)
    {
        if (version is null)
        {
            return;
        }

        to.Heading(1, "Registered Model Version");
        to.Details(version.Members);
        to.KeyValues(2, "Tags", version.Tags);
        if (version.TransitionRequests is { IsEmpty: false } requests)
        {
            to.Heading(2, "Transition Requests");
            to.Data(requests);
        }
    }

    public static void LayPermissions(ClassicBody to, RecordValue? permissions)
    {
        to.Heading(2, "Permissions");
        to.DataOrAbsent(permissions);
    }
}
