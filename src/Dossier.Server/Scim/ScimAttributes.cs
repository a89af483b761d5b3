using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Core.Identity;

namespace Dossier.Server.Scim;

/// <summary>What the attributes of a resource say of a principal. Those that the server does not keep (titles, roles, entitlements, telephone numbers …) are not looked at.</summary>
internal static class ScimAttributes
{
    /// <summary>A principal as a whole resource describes it, for POST and PUT.</summary>
    public static Principal Read(ScimKind kind, JsonElement resource)
    {
        var name = ScimBody.Text(ScimBody.Member(resource, NameOf(kind)), NameOf(kind)) ?? "";
        var principal = new Principal { Kind = kind.Kind, Name = name };
        foreach (var member in resource.EnumerateObject())
        {
            principal = Set(principal, member.Name, member.Value);
        }

        return kind.Kind == PrincipalKind.User ? principal with { Email = Email(ScimBody.Member(resource, "emails")) } : principal;
    }

    /// <summary>The principal with one attribute set; null unsets it. Names of users and programs, and e-mail addresses, are set by a whole resource alone.</summary>
    public static Principal Set(Principal principal, string attribute, JsonElement value)
    {
        var isUser = principal.Kind == PrincipalKind.User;
        var isGroup = principal.Kind == PrincipalKind.Group;
        switch (ScimFilterParser.Plain(attribute).ToUpperInvariant())
        {
            case "DISPLAYNAME":
                var name = ScimBody.Text(value, "displayName");
                return isGroup ? principal with { Name = name ?? "" } : principal with { DisplayName = name };
            case "EXTERNALID":
                return principal with { ExternalId = ScimBody.Text(value, "externalId") };
            case "ACTIVE" when !isGroup && value.ValueKind != JsonValueKind.Null:
                return principal with { Active = ScimBody.Truth(value, "active") };
            case "NAME" when isUser && value.ValueKind == JsonValueKind.Object:
                return value.EnumerateObject().Aggregate(principal, (one, part) => Set(one, $"name.{part.Name}", part.Value));
            case "NAME.GIVENNAME" when isUser:
                return principal with { GivenName = ScimBody.Text(value, "name.givenName") };
            case "NAME.FAMILYNAME" when isUser:
                return principal with { FamilyName = ScimBody.Text(value, "name.familyName") };
            default:
                return principal;
        }
    }

    private static string NameOf(ScimKind kind) => kind.Kind switch
    {
        PrincipalKind.User => "userName",
        PrincipalKind.Group => "displayName",
        _ => "applicationId",
    };

    // The one that mail goes to: the primary one, else that of work, else the first.
    private static string? Email(JsonElement? emails)
    {
        var all = ScimBody.Items(emails).Where(email => email.ValueKind == JsonValueKind.Object).ToList();
        var best = all.Find(email => ScimBody.Member(email, "primary") is { } primary && ScimBody.Truth(primary, "emails.primary")) is { ValueKind: JsonValueKind.Object } main ? main
            : all.Find(email => "work".Equals(ScimBody.Text(ScimBody.Member(email, "type"), "emails.type"), StringComparison.OrdinalIgnoreCase)) is { ValueKind: JsonValueKind.Object } work ? work
            : all.FirstOrDefault();
        return best.ValueKind == JsonValueKind.Object ? ScimBody.Text(ScimBody.Member(best, "value"), "emails.value") : null;
    }
}
