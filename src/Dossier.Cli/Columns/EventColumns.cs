using System.Text.Json;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

internal static class EventColumns
{
    /// <summary>When, who, what, to what, and the detail in one line.</summary>
    public static IReadOnlyList<Column<AuditEvent>> All { get; } =
    [
        new("timestamp", ColumnKind.Time, one => Human.IsoTime(one.Timestamp), one => Human.Time(one.Timestamp)),
        new("principal", one => one.Principal),
        new("action", one => one.Action),
        new("object", one => $"{one.ObjectType}:{one.ObjectId}"),
        new("detail", ColumnKind.Text, one => one.Detail.ValueKind == JsonValueKind.Undefined ? null : one.Detail.GetRawText(), Detail),
    ];

    // {"changes":[{"field","from","to"}]} as "field: from → to"; {"metrics":{"count","keys"}} as "3 metrics (loss, f1)"; all else as "name: value".
    private static string? Detail(AuditEvent one) => one.Detail.ValueKind != JsonValueKind.Object ? null : string.Join("; ", one.Detail.EnumerateObject().SelectMany(Parts));

    private static IEnumerable<string> Parts(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Array => member.Value.EnumerateArray().Select(change => change.ValueKind == JsonValueKind.Object
            ? $"{Text(change, "field")}: {Text(change, "from")} → {Text(change, "to")}"
            : change.ToString()),
        JsonValueKind.Object => [$"{Text(member.Value, "count")} {member.Name} ({string.Join(", ", Keys(member.Value))})"],
        _ => [$"{member.Name}: {member.Value}"],
    };

    private static IEnumerable<string> Keys(JsonElement list) =>
        list.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array ? keys.EnumerateArray().Select(key => key.ToString()) : [];

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "–";
}
