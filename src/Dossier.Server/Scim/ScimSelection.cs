using System.Text.Json.Nodes;
using Dossier.Server.Http;

namespace Dossier.Server.Scim;

/// <summary>Which attributes a client wants: <c>attributes</c> or <c>excludedAttributes</c>, separated by commas. <c>id</c> and <c>schemas</c> always come.</summary>
internal readonly struct ScimSelection
{
    private static readonly string[] Always = ["id", "schemas"];

    private readonly IReadOnlyList<string>? _only;
    private readonly IReadOnlyList<string>? _without;

    private ScimSelection(IReadOnlyList<string>? only, IReadOnlyList<string>? without) => (_only, _without) = (only, without);

    public static ScimSelection Of(Call call) => new(Names(call.Query.List("attributes")), Names(call.Query.List("excludedAttributes")));

    /// <summary>Whether nothing is to be left out.</summary>
    public bool IsWhole => _only is null && _without is null;

    /// <summary>Whether an attribute is wanted in whole or part, so that what it shows must be read.</summary>
    public bool Wants(string attribute) => _only?.Any(name => IsOrIsIn(name, attribute)) ?? _without?.Contains(attribute, StringComparer.OrdinalIgnoreCase) != true;

    /// <summary>Takes out of a resource what is not wanted, and gives it back.</summary>
    public JsonObject Apply(JsonObject resource)
    {
        var (only, without) = (_only, _without);
        Prune(resource, "", path => Always.Contains(path, StringComparer.Ordinal) || (only is null
            ? !without!.Contains(path, StringComparer.OrdinalIgnoreCase)
            : only.Any(name => IsOrIsIn(name, path) || IsOrIsIn(path, name))));
        return resource;
    }

    private static void Prune(JsonObject json, string prefix, Func<string, bool> wanted)
    {
        foreach (var name in json.Select(member => member.Key).ToList())
        {
            var path = prefix + name;
            if (!wanted(path))
            {
                json.Remove(name);
            }
            else if (json[name] is JsonObject part)
            {
                Prune(part, path + ".", wanted);
            }
            else if (json[name] is JsonArray list)
            {
                foreach (var item in list.OfType<JsonObject>())
                {
                    Prune(item, path + ".", wanted);
                }
            }
        }
    }

    // "name.givenName" is in "name".
    private static bool IsOrIsIn(string name, string whole) =>
        name.StartsWith(whole, StringComparison.OrdinalIgnoreCase) && (name.Length == whole.Length || name[whole.Length] == '.');

    private static IReadOnlyList<string>? Names(IReadOnlyList<string>? lists) => lists is null
        ? null
        : [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(ScimFilterParser.Plain)];
}
