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
    /// <summary>The guard of the methods for experiments.</summary>
    public static Guard<ExperimentPermissionRequest> MayManageExperiment { get; } =
        Guards.On<ExperimentPermissionRequest>(PermissionLevel.CanManage, ObjectKinds.Experiment, static m => m.ExperimentId);

    /// <summary>The guard of the methods for registered models.</summary>
    public static Guard<RegisteredModelPermissionRequest> MayManageModel { get; } =
        Guards.On<RegisteredModelPermissionRequest>(PermissionLevel.CanManage, ObjectKinds.Model, static m => m.Name);

    /// <summary>The user's permission on the experiment.</summary>
    public async Task<ExperimentPermissionAnswer> GetAsync(Granted<ExperimentPermissionRequest> request, CancellationToken cancellationToken)
    {
        var (user, permission) = await GetAsync(Target(request.Message), request.Message.Username, cancellationToken);
        return new(new(request.Message.ExperimentId!, user, permission));
    }

    /// <summary>The user's permission on the registered model.</summary>
    public async Task<RegisteredModelPermissionAnswer> GetAsync(Granted<RegisteredModelPermissionRequest> request, CancellationToken cancellationToken)
    {
        var (user, permission) = await GetAsync(Target(request.Message), request.Message.Username, cancellationToken);
        return new(new(request.Message.Name!, user, permission));
    }

    /// <summary>Gives a permission to a user who has none on the experiment.</summary>
    public async Task<ExperimentPermissionAnswer> CreateAsync(Granted<ExperimentPermissionRequest> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (user, permission) = await CreateAsync(Target(message), message.Username, message.Permission, caller, cancellationToken);
        return new(new(message.ExperimentId!, user, permission));
    }

    /// <summary>Gives a permission to a user who has none on the registered model.</summary>
    public async Task<RegisteredModelPermissionAnswer> CreateAsync(Granted<RegisteredModelPermissionRequest> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (user, permission) = await CreateAsync(Target(message), message.Username, message.Permission, caller, cancellationToken);
        return new(new(message.Name!, user, permission));
    }

    /// <summary>Changes the permission of a user who has one on the experiment.</summary>
    public Task UpdateAsync(Granted<ExperimentPermissionRequest> request, CancellationToken cancellationToken) =>
        UpdateAsync(Target(request.Message), request.Message.Username, Level(request.Message.Permission), request.Caller, cancellationToken);

    /// <summary>Changes the permission of a user who has one on the registered model.</summary>
    public Task UpdateAsync(Granted<RegisteredModelPermissionRequest> request, CancellationToken cancellationToken) =>
        UpdateAsync(Target(request.Message), request.Message.Username, Level(request.Message.Permission), request.Caller, cancellationToken);

    /// <summary>Takes away the permission of a user who has one on the experiment.</summary>
    public Task DeleteAsync(Granted<ExperimentPermissionRequest> request, CancellationToken cancellationToken) =>
        UpdateAsync(Target(request.Message), request.Message.Username, PermissionLevel.NoPermissions, request.Caller, cancellationToken);

    /// <summary>Takes away the permission of a user who has one on the registered model.</summary>
    public Task DeleteAsync(Granted<RegisteredModelPermissionRequest> request, CancellationToken cancellationToken) =>
        UpdateAsync(Target(request.Message), request.Message.Username, PermissionLevel.NoPermissions, request.Caller, cancellationToken);

    /// <summary>All direct grants of a user on experiments and registered models.</summary>
    internal async Task<(IReadOnlyList<ExperimentGrant> Experiments, IReadOnlyList<RegisteredModelGrant> Models)> ListAsync(long userId, CancellationToken cancellationToken)
    {
        var grants = await store.ListDirectGrantsAsync(userId, cancellationToken);
        return (
            [.. grants.Where(grant => grant.Target.Kind == ObjectKinds.Experiment)
                .Select(grant => new ExperimentGrant(grant.Target.Id, userId, Word(grant.Level)))],
            [.. grants.Where(grant => grant.Target.Kind == ObjectKinds.Model)
                .Select(grant => new RegisteredModelGrant(grant.Target.Id, userId, Word(grant.Level)))]);
    }

    private static AccessObject Target(ExperimentPermissionRequest message) => ObjectKinds.Experiment.Of(message.ExperimentId!);

    private static AccessObject Target(RegisteredModelPermissionRequest message) => ObjectKinds.Model.Of(message.Name!);

    private async Task<(long UserId, string Permission)> GetAsync(AccessObject target, string? username, CancellationToken cancellationToken)
    {
        var user = await UserAsync(username, cancellationToken);
        return (user.Id, Word(await DirectAsync(target, user, cancellationToken) ?? throw Missing(target, user)));
    }

    private async Task<(long UserId, string Permission)> CreateAsync(
        AccessObject target, string? username, string? permission, Caller caller, CancellationToken cancellationToken)
    {
        var (user, level) = (await UserAsync(username, cancellationToken), Level(permission));
        return await DirectAsync(target, user, cancellationToken) is null
            ? await ChangeAsync(target, user, level, caller, cancellationToken)
            : throw ProtocolException.AlreadyExists($"{user.Name} has a permission on {target.Text} already: update it instead.");
    }

    private async Task UpdateAsync(AccessObject target, string? username, PermissionLevel level, Caller caller, CancellationToken cancellationToken)
    {
        var user = await UserAsync(username, cancellationToken);
        _ = await DirectAsync(target, user, cancellationToken) ?? throw Missing(target, user);
        await ChangeAsync(target, user, level, caller, cancellationToken);
    }

    private Task<Principal> UserAsync(string? username, CancellationToken cancellationToken) => identities.FindUserAsync(username, "username", cancellationToken);

    private async Task<PermissionLevel?> DirectAsync(AccessObject target, Principal user, CancellationToken cancellationToken)
    {
        var all = await store.GetPermissionsAsync(target, cancellationToken) ?? throw target.Missing();
        return all.AccessControlList.FirstOrDefault(entry => entry.UserName == user.Name)?.AllPermissions.FirstOrDefault(level => !level.Inherited) is { } direct
            ? PermissionNames.Find(direct.PermissionLevel)
            : null;
    }

    private async Task<(long UserId, string Permission)> ChangeAsync(AccessObject target, Principal user, PermissionLevel level, Caller caller, CancellationToken cancellationToken)
    {
        await store.ChangeGrantsAsync(target, [new(PrincipalKind.User, user.Name, level)], replace: false, caller, clock.Milliseconds(), cancellationToken);
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
