using System.Text.Json;
using Dossier.Server.Http;

namespace Dossier.Server.Scim;

/// <summary>Reads a request's resource or patch leniently: identity providers differ in the case of names and in how they write truths.</summary>
internal static class ScimBody
{
    /// <summary>The body, an object of which all texts can be read.</summary>
    public static async ValueTask<JsonElement> ReadAsync(Call call)
    {
        using var document = await RequestReader.ReadAsync<JsonDocument>(call.Http.Request);
        var body = document.RootElement.Clone();
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw ScimErrors.Of("invalidSyntax", "The request body must be a JSON object.");
        }

        try
        {
            Touch(body);
            return body;
        }
        catch (InvalidOperationException)
        {
            throw BodyFault.HalfCharacter();
        }
    }

    /// <summary>A member by its name in any case; null if it isn't there or is null.</summary>
    public static JsonElement? Member(JsonElement json, string name)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind != JsonValueKind.Null)
            {
                return member.Value;
            }
        }

        return null;
    }

    /// <summary>A text, where null stands for none.</summary>
    public static string? Text(JsonElement? value, string attribute) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw ScimErrors.Of("invalidValue", $"'{attribute}' must be a text."),
    };

    /// <summary>A truth, which some send as text.</summary>
    public static bool Truth(JsonElement value, string attribute) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var truth) => truth,
        _ => throw ScimErrors.Of("invalidValue", $"'{attribute}' must be true or false."),
    };

    /// <summary>The items of a list; one alone is a list of one, null an empty one.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { } one => [one],
    };

    // Half a surrogate pair shows only when a text is read.
    private static void Touch(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    Touch(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.String:
                _ = json.GetString();
                break;
        }
    }
}
