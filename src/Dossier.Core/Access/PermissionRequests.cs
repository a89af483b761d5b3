using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>Reads the grants of a request.</summary>
internal static class PermissionRequests
{
    private const string List = "access_control_list";

    /// <summary>The grants, each principal once with the highest level that it is listed with.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c>.</exception>
    public static IReadOnlyList<Grant> Grants(AccessObject target, ChangePermissions message) =>
    [
        .. ListRules.Each(ListRules.Bounded(message.AccessControlList, List, Limits.Grants), List, (request, field) => Grant(target, request, field))
            .GroupBy(grant => (grant.Kind, grant.Name.ToLowerInvariant()))
            .Select(same => same.MaxBy(grant => grant.Level)!),
    ];

    /// <summary>The principal that is named by one of three parameters; null if none is.</summary>
    /// <param name="user">The value of <c>user_name</c>.</param>
    /// <param name="group">The value of <c>group_name</c>.</param>
    /// <param name="servicePrincipal">The value of <c>service_principal_name</c>.</param>
    /// <param name="field">Where the parameters stand, with a dot at its end; empty for a query.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for more than one.</exception>
    public static (PrincipalKind Kind, string Name)? Principal(string? user, string? group, string? servicePrincipal, string field)
    {
        IReadOnlyList<(PrincipalKind Kind, string? Name, string Field)> all =
            [(PrincipalKind.User, user, "user_name"), (PrincipalKind.Group, group, "group_name"), (PrincipalKind.ServicePrincipal, servicePrincipal, "service_principal_name")];
        var named = all.Where(one => !string.IsNullOrEmpty(one.Name)).ToList();
        return named switch
        {
            [] => null,
            [var one] => (one.Kind, TextRules.Required(one.Name, field + one.Field, Limits.Principal)),
            _ => throw ProtocolException.Invalid(
                $"{(field.Length == 0 ? "The request" : $"'{field.TrimEnd('.')}'")} names {string.Join(" and ", named.Select(one => one.Field))}: exactly one of them may be set."),
        };
    }

    private static Grant Grant(AccessObject target, AccessControlRequest request, string field)
    {
        var (kind, name) = Principal(request.UserName, request.GroupName, request.ServicePrincipalName, $"{field}.")
            ?? throw ProtocolException.Invalid($"'{field}' names nobody: set one of user_name, group_name, service_principal_name.");
        var level = TextRules.Required(request.PermissionLevel, $"{field}.permission_level", Limits.Key);
        return new(kind, name, level == PermissionLevel.NoPermissions.Name()
            ? PermissionLevel.NoPermissions
            : PermissionLevels.Parse(target, level, $"{field}.permission_level"));
    }
}
