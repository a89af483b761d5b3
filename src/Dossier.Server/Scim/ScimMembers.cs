using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dossier.Core.Identity;
using Dossier.Core.Validation;

namespace Dossier.Server.Scim;

/// <summary>The members that a group's resource or patch names.</summary>
internal static partial class ScimMembers
{
    /// <summary>The ids in a list of <c>{"value":"12"}</c>, or of texts.</summary>
    public static IReadOnlyList<long> Read(JsonElement? members) => [.. ScimBody.Items(members).Select(Id).Distinct()];

    /// <summary>The one that <c>members[value eq "12"]</c> names; null for <c>members</c> alone.</summary>
    public static long? Of(string path)
    {
        if (!path.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        var match = OneMember().Match(path);
        return match.Success
            ? Id(match.Groups[1].Value)
            : throw ScimErrors.Of("invalidPath", $"The path '{TextRules.Excerpt(path)}' is none: one member is members[value eq \"ID\"].");
    }

    private static long Id(JsonElement member) =>
        Id(ScimBody.Text(member.ValueKind == JsonValueKind.Object ? ScimBody.Member(member, "value") : member, "members.value") ?? "");

    private static long Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw ScimErrors.Of("invalidValue", $"No user, group or service principal has the id '{TextRules.Excerpt(text)}'.");

    [GeneratedRegex("""^members\[\s*value\s+eq\s+"([^"\\]*)"\s*\]$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OneMember();
}

/// <summary>A patch that is read: what becomes of the principal, and of a group's members.</summary>
/// <param name="Edit">The change of attributes.</param>
/// <param name="Members">The change of members.</param>
internal sealed record ScimPatchPlan(Func<Principal, Principal> Edit, MemberChange Members);
