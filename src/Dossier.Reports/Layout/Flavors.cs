using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>The flavors of an MLmodel file, each with all its members.</summary>
internal static class Flavors
{
    public static void Lay(BlockList to, int level, JsonValue? flavors, bool showAsJson)
    {
        to.Heading(level, "Flavors");
        if (flavors is not JsonObject { IsEmpty: false } members)
        {
            to.FenceOrAbsent(flavors);
            return;
        }

        foreach (var (name, flavor) in members)
        {
            var title = $"Flavor '{name}'";
            if (flavor is not JsonObject and not JsonNull)
            {
                // A placeholder: its text stands in the overview already.
                to.Heading(level + 1, title);
            }
            else if (showAsJson)
            {
                to.Heading(level + 1, title);
                to.FenceOrAbsent(flavor);
            }
            else
            {
                to.KeyValues(level + 1, title, flavor);
            }
        }
    }
}
