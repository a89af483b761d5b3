using Dossier.Core.Identity;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>
/// A user's direct grants in the words of the basic-auth API: READ, EDIT, MANAGE, and NO_PERMISSIONS, which takes a grant away: what comes from folders and
/// groups stays. Every method throws <see cref="ProtocolException"/> for a bad request.
/// </summary>
/// <param name="store">Where grants are.</param>
/// <param name="identities">Where users are.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class UserPermissionService(IAccessStore store, IdentityService identities, TimeProvider clock)
{
    /// <summary>The user's id and permission on the object.</summary>
    public async Task<(long UserId, string Permission)> GetAsync(AccessObject target, string? username, CancellationToken cancel)
    {
        var user = await UserAsync(username, cancel);
        return (user.Id, Word(await DirectAsync(target, user, cancel) ?? throw Missing(target, user)));
    }

    /// <summary>Gives a permission to a user who has none on the object.</summary>
    public async Task<(long UserId, string Permission)> CreateAsync(AccessObject target, string? username, string? permission, Caller caller, CancellationToken cancel)
    {
        var (user, level) = (await UserAsync(username, cancel), Level(permission));
        return await DirectAsync(target, user, cancel) is null
            ? await ChangeAsync(target, user, level, caller, cancel)
            : throw ProtocolException.AlreadyExists($"{user.Name} has a permission on {target.Text} already: update it instead.");
    }

    /// <summary>Changes the permission of a user who has one on the object.</summary>
    public async Task UpdateAsync(AccessObject target, string? username, string? permission, Caller caller, CancellationToken cancel)
    {
        var (user, level) = (await UserAsync(username, cancel), Level(permission));
        _ = await DirectAsync(target, user, cancel) ?? throw Missing(target, user);
        await ChangeAsync(target, user, level, caller, cancel);
    }

    /// <summary>Takes away the permission of a user who has one on the object.</summary>
    public async Task DeleteAsync(AccessObject target, string? username, Caller caller, CancellationToken cancel)
    {
        var user = await UserAsync(username, cancel);
        _ = await DirectAsync(target, user, cancel) ?? throw Missing(target, user);
        await ChangeAsync(target, user, PermissionLevel.NoPermissions, caller, cancel);
    }

    /// <summary>All direct grants of a user on experiments and registered models.</summary>
    public async Task<(IReadOnlyList<ExperimentGrant> Experiments, IReadOnlyList<RegisteredModelGrant> Models)> ListAsync(long userId, CancellationToken cancel)
    {
        var grants = await store.ListDirectGrantsAsync(userId, cancel);
        return (
            [.. grants.Where(grant => grant.Target.Kind == ObjectKinds.Experiment)
                .Select(grant => new ExperimentGrant(grant.Target.Id, userId, Word(grant.Level)))],
            [.. grants.Where(grant => grant.Target.Kind == ObjectKinds.Model)
                .Select(grant => new RegisteredModelGrant(grant.Target.Id, userId, Word(grant.Level)))]);
    }

    private Task<Principal> UserAsync(string? username, CancellationToken cancel) => identities.GetUserAsync(username, "username", cancel);

    private async Task<PermissionLevel?> DirectAsync(AccessObject target, Principal user, CancellationToken cancel)
    {
        var all = await store.GetPermissionsAsync(target, cancel) ?? throw target.Missing();
        return all.AccessControlList.FirstOrDefault(entry => entry.UserName == user.Name)?.AllPermissions.FirstOrDefault(level => !level.Inherited) is { } direct
            ? PermissionNames.Find(direct.PermissionLevel)
            : null;
    }

    private async Task<(long UserId, string Permission)> ChangeAsync(AccessObject target, Principal user, PermissionLevel level, Caller caller, CancellationToken cancel)
    {
        await store.ChangeGrantsAsync(target, [new(PrincipalKind.User, user.Name, level)], replace: false, caller, clock.Milliseconds(), cancel);
        return (user.Id, Word(level));
    }

    // To use a model version is part of reading it; the levels that are bound to stages are more than EDIT and less than MANAGE.
    private static PermissionLevel Level(string? permission) => permission switch
    {
        null or "" => throw ProtocolException.Missing("permission"),
        "READ" or "USE" => PermissionLevel.CanRead,
        "EDIT" => PermissionLevel.CanEdit,
        "MANAGE" => PermissionLevel.CanManage,
        "NO_PERMISSIONS" => PermissionLevel.NoPermissions,
        _ => throw ProtocolException.InvalidValue(TextRules.Excerpt(permission), "permission", "it must be one of READ, USE, EDIT, MANAGE, NO_PERMISSIONS."),
    };

    private static string Word(PermissionLevel level) => level switch
    {
        PermissionLevel.NoPermissions => "NO_PERMISSIONS",
        < PermissionLevel.CanEdit => "READ",
        < PermissionLevel.CanManage => "EDIT",
        _ => "MANAGE",
    };

    private static ProtocolException Missing(AccessObject target, Principal user) => ProtocolException.NotFound(
        $"{user.Name} has no permission on {target.Text} of its own; what folders and groups give is not looked at here.");
}
