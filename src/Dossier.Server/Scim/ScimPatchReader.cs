using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Core.Validation;

namespace Dossier.Server.Scim;

/// <summary>
/// Reads a PATCH as identity providers send it: verbs in any case, a value without a path whose members are the paths, one member instead of a list,
/// members to remove in the value or in the path.
/// </summary>
internal static class ScimPatchReader
{
    private const int MostOperations = 1000;
    private static readonly JsonElement Nothing = JsonElement.Parse("null");

    /// <summary>All operations as one change.</summary>
    public static ScimPatchPlan Read(ScimKind kind, JsonElement patch)
    {
        var operations = ScimBody.Items(ScimBody.Member(patch, "Operations")).ToList();
        if (operations.Count is 0 or > MostOperations || operations.Exists(operation => operation.ValueKind != JsonValueKind.Object))
        {
            throw ScimErrors.Of("invalidSyntax", $"'Operations' must be a list of 1 to {MostOperations} objects, e.g. {{\"op\":\"replace\",\"path\":\"active\",\"value\":false}}.");
        }

        var (edits, members) = (new List<(string Attribute, JsonElement Value)>(), MemberChange.None);
        foreach (var (verb, path, value) in operations.SelectMany(Steps))
        {
            if (kind.Kind == PrincipalKind.Group && ScimFilterParser.Plain(path).Equals("members", StringComparison.OrdinalIgnoreCase))
            {
                members = Change(members, verb, path, value);
            }
            else
            {
                edits.Add((path, verb == Verb.Remove ? Nothing : value));
            }
        }

        return new(before => edits.Aggregate(before, (one, edit) => ScimAttributes.Set(one, edit.Attribute, edit.Value)), members);
    }

    private static MemberChange Change(MemberChange so, Verb verb, string path, JsonElement value) => (verb, ScimMembers.Of(path)) switch
    {
        (Verb.Remove, { } one) => so.Remove([one]),
        (Verb.Remove, null) when value.ValueKind == JsonValueKind.Null => MemberChange.To([]),
        (Verb.Remove, null) => so.Remove(ScimMembers.Read(value)),
        (Verb.Add, null) => so.Add(ScimMembers.Read(value)),
        (Verb.Replace, null) => MemberChange.To(ScimMembers.Read(value)),
        _ => throw ScimErrors.Of("invalidPath", $"The path '{TextRules.Excerpt(path)}' names one member, which can only be removed."),
    };

    private static IEnumerable<(Verb Verb, string Path, JsonElement Value)> Steps(JsonElement operation)
    {
        var verb = VerbOf(ScimBody.Text(ScimBody.Member(operation, "op"), "op"));
        var value = ScimBody.Member(operation, "value") ?? Nothing;
        var path = ScimBody.Text(ScimBody.Member(operation, "path"), "path");
        if (!string.IsNullOrWhiteSpace(path))
        {
            return [(verb, path.Trim(), value)];
        }

        return verb == Verb.Remove || value.ValueKind != JsonValueKind.Object
            ? throw ScimErrors.Of("noTarget", "An operation without 'path' must be an add or replace with an object as 'value'; a remove always needs a path.")
            : value.EnumerateObject().Select(member => (verb, member.Name, member.Value));
    }

    private static Verb VerbOf(string? text) => text?.ToUpperInvariant() switch
    {
        "ADD" => Verb.Add,
        "REPLACE" => Verb.Replace,
        "REMOVE" => Verb.Remove,
        _ => throw ScimErrors.Of("invalidSyntax", $"'op' must be add, replace or remove, not '{TextRules.Excerpt(text ?? "")}'."),
    };

    private enum Verb
    {
        Add,
        Replace,
        Remove,
    }
}
