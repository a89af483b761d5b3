using System.Globalization;
using System.Text;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for users, groups and service principals. A name is shown in grants and events and names the home folder.</summary>
internal static class PrincipalRules
{
    /// <summary>The principal as it may be stored.</summary>
    public static Principal Check(Principal principal) => principal with
    {
        Name = principal.Kind switch
        {
            PrincipalKind.User => UserName(principal.Name),
            PrincipalKind.Group => Name(principal.Name, "displayName"),
            _ => ApplicationId(principal.Name),
        },
        DisplayName = Text(principal.DisplayName, "displayName"),
        GivenName = Text(principal.GivenName, "name.givenName"),
        FamilyName = Text(principal.FamilyName, "name.familyName"),
        Email = Text(principal.Email, "emails") is { } email && email != principal.Name ? email : null,
        ExternalId = Text(principal.ExternalId, "externalId"),
    };

    /// <summary>A name to look a user up by.</summary>
    public static string KnownName(string? name, string parameter) => TextRules.Required(name, parameter, Limits.Principal);

    private static string UserName(string? name)
    {
        var text = Name(name, "userName");
        if (text.Contains(':'))
        {
            throw Wrong(text, "userName", "it must not contain ':', which ends the name when a user signs in with a password.");
        }

        // A user of such a name would own the home folder of that service principal.
        return Guid.TryParse(text, out _)
            ? throw Wrong(text, "userName", "it must not be a UUID, which names service principals. An e-mail address is a good name.")
            : text;
    }

    private static string ApplicationId(string? id) => Guid.TryParseExact(id, "D", out var uuid)
        ? uuid.ToString("D")
        : throw Wrong(id ?? "", "applicationId", "it must be a UUID, e.g. 3f2a9c1e-7d45-4b8a-9a51-0c6de1f7b2aa; omit it to have one generated.");

    private static string Name(string? name, string parameter)
    {
        var text = TextRules.Required(name, parameter, Limits.Principal);
        if (text != text.Trim() || text is "." or ".." || text.Contains('/') || text.EnumerateRunes().Any(IsInvisible) || !text.IsNormalized())
        {
            throw Wrong(
                text, parameter, "it must not begin or end with white space, be '.' or '..', or contain '/', control or invisible characters, and must be in Unicode's form NFC.");
        }

        return text;
    }

    private static string? Text(string? text, string parameter) =>
        string.IsNullOrEmpty(text) ? null : TextRules.Optional(text, parameter, Limits.Principal)!.Any(char.IsControl)
            ? throw Wrong(text, parameter, "it must not contain control characters.")
            : text;

    // Two names that look the same must not be two users.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        || rune == Rune.ReplacementChar;

    private static ProtocolException Wrong(string value, string parameter, string hint) => ProtocolException.InvalidValue(TextRules.Excerpt(value), parameter, hint);
}
