using Dossier.Protocol.Json;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layout;

/// <summary>What a model takes and gives: the signature's inputs and outputs as this layout shows them.</summary>
internal static class Signature
{
    public static void Lay(BlockList to, JsonValue? signature)
    {
        to.Heading(2, "Signature");
        if (signature is JsonObject { IsEmpty: false } members)
        {
            LayList(to, "Inputs", ["Column", "Type"], members["inputs"], ["name", "type"]);
            LayList(to, "Outputs", ["Type name", "Type value"], members["outputs"], ["type", "tensor-spec"]);
        }
        else
        {
            to.FenceOrAbsent(signature);
        }
    }

    private static void LayList(BlockList to, string title, IReadOnlyList<string> columns, JsonValue? list, IReadOnlyList<string> members)
    {
        to.Heading(3, title);
        if (list is JsonArray { IsEmpty: false } array)
        {
            to.Grid(columns, [.. array.Select(item => Row(item as JsonObject ?? [], members))]);
        }
        else if (list is not JsonArray)
        {
            to.FenceOrAbsent(list);
        }
    }

    private static List<JsonValue> Row(JsonObject item, IReadOnlyList<string> members) =>
        [.. members.Select(member => item[member] ?? JsonNull.Value)];
}
