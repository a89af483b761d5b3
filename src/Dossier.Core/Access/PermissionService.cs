using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>
/// Who may do what with an object, and who changes that. Routes have checked that the caller may read the object, and for changes that the caller
/// manages it. Every method throws <see cref="ProtocolException"/> for a bad request.
/// </summary>
/// <param name="store">Where grants are.</param>
/// <param name="identities">Where principals are.</param>
/// <param name="access">Answers "may they?".</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class PermissionService(IAccessStore store, IIdentityStore identities, AccessService access, TimeProvider clock)
{
    /// <summary>All grants on the object, direct and inherited.</summary>
    public async Task<ObjectPermissions> GetAsync(AccessObject target, CancellationToken cancel) =>
        await store.GetPermissionsAsync(target, cancel) ?? throw target.Missing();

    /// <summary>The levels that can be granted on the object.</summary>
    public async Task<PermissionLevelsAnswer> GetLevelsAsync(AccessObject target, Caller caller, CancellationToken cancel) =>
        await access.LevelAsync(caller, target, cancel) is null ? throw target.Missing() : new(PermissionLevels.Of(target));

    /// <summary>Replaces all direct grants.</summary>
    public Task<ObjectPermissions> ReplaceAsync(AccessObject target, ChangePermissions message, Caller caller, CancellationToken cancel) =>
        store.ChangeGrantsAsync(target, PermissionRequests.Grants(target, message), replace: true, caller, clock.Milliseconds(), cancel);

    /// <summary>Changes the direct grants of those who are listed.</summary>
    public Task<ObjectPermissions> UpdateAsync(AccessObject target, ChangePermissions message, Caller caller, CancellationToken cancel) =>
        store.ChangeGrantsAsync(target, PermissionRequests.Grants(target, message), replace: false, caller, clock.Milliseconds(), cancel);

    /// <summary>By which grants somebody may do what; without a name, the caller. To ask about others takes CAN_MANAGE.</summary>
    /// <param name="target">The object.</param>
    /// <param name="userName">A user's name.</param>
    /// <param name="servicePrincipalName">Or a service principal's application id.</param>
    /// <param name="askedLevel">A level of the object, to be told whether the principal has it; null to be told what it has.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<PermissionExplanation> ExplainAsync(
        AccessObject target, string? userName, string? servicePrincipalName, string? askedLevel, Caller caller, CancellationToken cancel)
    {
        PermissionLevel? asked = string.IsNullOrEmpty(askedLevel) ? null : PermissionLevels.Parse(target, askedLevel, "permission_level");
        var principal = await PrincipalAsync(target, userName, servicePrincipalName, caller, cancel);
        var grants = await store.ExplainAsync(target, principal.Id, cancel) ?? throw target.Missing();

        // Without groups a principal that may not sign in is no caller.
        var known = principal.Id == caller.Id ? caller : await identities.FindCallerAsync(principal.Id, cancel);
        var level = known is { IsAdmin: true }
            ? PermissionLevel.CanManage
            : grants.Select(grant => PermissionNames.Find(grant.PermissionLevel)!.Value).DefaultIfEmpty(PermissionLevel.NoPermissions).Max();
        return new()
        {
            UserName = principal.Kind == PrincipalKind.User ? principal.Name : null,
            ServicePrincipalName = principal.Kind == PrincipalKind.ServicePrincipal ? principal.Name : null,
            PermissionLevel = level.Name(),
            AskedLevel = asked?.Name(),
            Allowed = asked is null ? null : known is not null && level >= asked,
            Active = known is not null,
            Administrator = known is { IsAdmin: true },
            Grants = grants,
        };
    }

    private async Task<(long Id, PrincipalKind Kind, string Name)> PrincipalAsync(
        AccessObject target, string? userName, string? servicePrincipalName, Caller caller, CancellationToken cancel)
    {
        if (PermissionRequests.Principal(userName, null, servicePrincipalName, "") is not var (kind, name)
            || (kind == caller.Kind && name.Equals(caller.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return (caller.Id, caller.Kind, caller.Name);
        }

        await access.RequireAsync(caller, target, PermissionLevel.CanManage, cancel);
        return await identities.FindAsync(kind, name, cancel) is { } found
            ? (found.Id, found.Kind, found.Name)
            : throw ProtocolException.NotFound($"There is no {(kind == PrincipalKind.User ? "user" : "service principal")} '{TextRules.Excerpt(name)}'.");
    }
}
