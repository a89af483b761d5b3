using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>The "Details" table: the members that are strings, numbers or truth values. Nulls and containers do not show there.</summary>
internal static class Details
{
    public static void Lay(BlockList to, JsonObject members) => to.KeyValues(2, "Details", new JsonObject(
        members.Where(member => member.Value is JsonString or JsonNumber or JsonBool)));
}
