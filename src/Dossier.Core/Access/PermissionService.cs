using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>
/// Who may do what with an object, and who changes that. Every method throws <see cref="ProtocolException"/> for a bad request.
/// </summary>
/// <param name="store">Where grants are.</param>
/// <param name="identities">Where principals are.</param>
/// <param name="access">Answers "may they?".</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class PermissionService(IAccessStore store, IIdentityStore identities, AccessService access, TimeProvider clock)
{
    /// <summary>The guard of <see cref="GetAsync"/> and <see cref="GetLevelsAsync"/>.</summary>
    public static Guard<GetPermissions> MayGet { get; } =
        Guards.On<GetPermissions>(Need.OfNamed(PermissionLevel.CanRead), static (m, _) => Target(m.Type, m.Id));

    /// <summary>All grants on the object, direct and inherited.</summary>
    public async Task<ObjectPermissions> GetAsync(Granted<GetPermissions> request, CancellationToken cancellationToken)
    {
        var target = Target(request.Message.Type, request.Message.Id);
        return await store.GetPermissionsAsync(target, cancellationToken) ?? throw target.Missing();
    }

    /// <summary>The levels that can be granted on the object.</summary>
    public async Task<PermissionLevelsAnswer> GetLevelsAsync(Granted<GetPermissions> request, CancellationToken cancellationToken)
    {
        var target = Target(request.Message.Type, request.Message.Id);
        return await access.LevelAsync(request.Caller, target, cancellationToken) is null ? throw target.Missing() : new(PermissionLevels.Of(target));
    }

    /// <summary>The guard of <see cref="ReplaceAsync"/> and <see cref="UpdateAsync"/>.</summary>
    public static Guard<ChangePermissions> MayChange { get; } =
        Guards.On<ChangePermissions>(Need.OfNamed(PermissionLevel.CanManage), static (m, _) => Target(m.Type, m.Id));

    /// <summary>Replaces all direct grants.</summary>
    public Task<ObjectPermissions> ReplaceAsync(Granted<ChangePermissions> request, CancellationToken cancellationToken) =>
        ChangeAsync(request, replace: true, cancellationToken);

    /// <summary>Changes the direct grants of those who are listed.</summary>
    public Task<ObjectPermissions> UpdateAsync(Granted<ChangePermissions> request, CancellationToken cancellationToken) =>
        ChangeAsync(request, replace: false, cancellationToken);

    /// <summary>The guard of <see cref="ExplainAsync"/>.</summary>
    public static Guard<ExplainPermissions> MayExplain { get; } =
        Guards.On<ExplainPermissions>(Need.OfNamed(PermissionLevel.CanRead), static (m, _) => Target(m.Type, m.Id));

    /// <summary>By which grants somebody may do what; without a name, the caller. To ask about others takes CAN_MANAGE.</summary>
    public async Task<PermissionExplanation> ExplainAsync(Granted<ExplainPermissions> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var target = Target(message.Type, message.Id);
        PermissionLevel? asked = string.IsNullOrEmpty(message.PermissionLevel) ? null : PermissionLevels.Parse(target, message.PermissionLevel, "permission_level");
        var principal = await PrincipalAsync(target, message.UserName, message.ServicePrincipalName, caller, cancellationToken);
        var grants = await store.ExplainAsync(target, principal.Id, cancellationToken) ?? throw target.Missing();

        // Without groups a principal that may not sign in is no caller.
        var known = principal.Id == caller.Id ? caller : await identities.FindCallerAsync(principal.Id, cancellationToken);
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

    private static AccessObject Target(string? type, string? id) => ObjectKinds.Typed(type ?? "", id ?? "");

    private Task<ObjectPermissions> ChangeAsync(Granted<ChangePermissions> request, bool replace, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var target = Target(message.Type, message.Id);
        return store.ChangeGrantsAsync(target, PermissionRequests.Grants(target, message), replace, caller, clock.Milliseconds(), cancellationToken);
    }

    private async Task<(long Id, PrincipalKind Kind, string Name)> PrincipalAsync(
        AccessObject target, string? userName, string? servicePrincipalName, Caller caller, CancellationToken cancellationToken)
    {
        if (PermissionRequests.Principal(userName, null, servicePrincipalName, "") is not var (kind, name)
            || (kind == caller.Kind && name.Equals(caller.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return (caller.Id, caller.Kind, caller.Name);
        }

        await access.RequireAsync(caller, target, PermissionLevel.CanManage, cancellationToken);
        return await identities.FindAsync(kind, name, cancellationToken) is { } found
            ? (found.Id, found.Kind, found.Name)
            : throw ProtocolException.NotFound($"There is no {(kind == PrincipalKind.User ? "user" : "service principal")} '{TextRules.Excerpt(name)}'.");
    }
}
