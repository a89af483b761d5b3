using System.Globalization;
using System.Text.Json;

namespace Dossier.Server.Tests.Replay;

/// <summary>A JSON text in which only what clients rely on is left: members by name, lists in an order of their own, times without their value, 1.0 as 1.</summary>
public static class Canonical
{
    private const double FirstTime = 1e12;

    public static string Of(string json) => Of(JsonElement.Parse(json));

    private static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject()
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}:{Of(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Of).Order(StringComparer.Ordinal)) + "]",
        JsonValueKind.Number when value.GetDouble() is >= FirstTime and < 1e14 => "TIME",
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => $"\"{value.GetString()}\"",
        _ => value.GetRawText(),
    };
}
