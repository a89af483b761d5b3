using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>"Registered Model" and "Registered Model Version", each only if there is one.</summary>
internal static class RegistrySections
{
    public static void LayModel(BlockList to, JsonObject? model)
    {
        if (model is null)
        {
            return;
        }

        to.Heading(1, "Registered Model");
        Details.Lay(to, model);
        to.KeyValues(2, "Tags", KeyValueList.ToObject(model["tags"]) ?? model["tags"]);
        LayPermissions(to, model);
    }

    public static void LayVersion(BlockList to, JsonObject? version)
    {
        if (version is null)
        {
            return;
        }

        to.Heading(1, "Registered Model Version");
        Details.Lay(to, version);
        to.KeyValues(2, "Tags", KeyValueList.ToObject(version["tags"]) ?? version["tags"]);
        if (version["transition_requests"] is { IsEmpty: false } requests)
        {
            to.Heading(2, "Transition Requests");
            to.Fence(requests);
        }
    }

    public static void LayPermissions(BlockList to, JsonObject owner)
    {
        to.Heading(2, "Permissions");
        to.FenceOrAbsent(owner["permissions"]);
    }
}
