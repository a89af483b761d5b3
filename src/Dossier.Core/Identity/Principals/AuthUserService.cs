using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Users in the words of the basic-auth API. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where users are.</param>
/// <param name="identities">Changes them.</param>
/// <param name="passwords">Sets passwords.</param>
/// <param name="permissions">Lists their grants.</param>
public sealed class AuthUserService(IIdentityStore store, IdentityService identities, PasswordService passwords, UserPermissionService permissions)
{
    /// <summary>Creates a user with a password.</summary>
    public async Task<AuthUser> CreateAsync(UserPassword message, Caller caller, CancellationToken cancel)
    {
        // Checked before a user exists who could not sign in.
        PasswordService.RequireValid(message.Password, message.Username ?? "");
        var user = await identities.CreateAsync(new() { Kind = PrincipalKind.User, Name = message.Username ?? "" }, [], caller, cancel);
        await passwords.SetAsync(user.Name, message.Password, oneTime: false, caller, cancel);
        return await ShowAsync(user, cancel);
    }

    /// <summary>The user; others than administrators see only themselves.</summary>
    public async Task<AuthUser> GetAsync(string? username, Caller caller, CancellationToken cancel)
    {
        RequireSelfOrAdmin(username, caller);
        return await ShowAsync(await UserAsync(username, cancel), cancel);
    }

    /// <summary>Sets a password: an administrator anybody's, others their own, if it is by the password that they are signed in.</summary>
    public async Task UpdatePasswordAsync(UserPassword message, SignedIn who, CancellationToken cancel)
    {
        RequireSelfOrAdmin(message.Username, who.Caller);
        var own = who.Caller.Kind == PrincipalKind.User && who.Caller.Name.Equals(message.Username, StringComparison.OrdinalIgnoreCase);
        if (who.MustChangePassword && !own)
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, "This is a one-time password: it can only be used to set a new password.");
        }

        if (!who.Caller.IsAdmin && who.Method != SignInMethod.Password)
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied, "Sign in with the current password to change it: a token is not enough, so that a stolen token cannot take over the account.");
        }

        await passwords.SetAsync(message.Username, message.Password, oneTime: false, who.Caller, cancel);
    }

    /// <summary>Makes a user an administrator, or no longer.</summary>
    public async Task UpdateAdminAsync(UpdateUserAdmin message, Caller caller, CancellationToken cancel)
    {
        var user = await UserAsync(message.Username, cancel);
        var wanted = message.IsAdmin ?? throw ProtocolException.Missing("is_admin");
        var groups = (await identities.GetAsync(PrincipalKind.User, user.Id, withMembers: false, cancel)).Groups!;
        if (!wanted && groups.All(group => group.Id != BuiltIn.AdminsId) && await IsAdminAsync(user, cancel))
        {
            throw new ProtocolException(
                ErrorCode.InvalidState, $"{user.Name} is an administrator through a group in '{BuiltIn.Admins}': remove the user from that group, or the group from '{BuiltIn.Admins}'.");
        }

        var change = wanted ? MemberChange.None.Add([user.Id]) : MemberChange.None.Remove([user.Id]);
        await identities.UpdateAsync(PrincipalKind.Group, BuiltIn.AdminsId, static admins => admins, change, caller, cancel);
    }

    /// <summary>Deletes a user.</summary>
    public async Task DeleteAsync(UserRef message, Caller caller, CancellationToken cancel) =>
        await identities.DeleteAsync(PrincipalKind.User, (await UserAsync(message.Username, cancel)).Id, caller, cancel);

    private Task<Principal> UserAsync(string? username, CancellationToken cancel) => identities.GetUserAsync(username, "username", cancel);

    private async Task<AuthUser> ShowAsync(Principal user, CancellationToken cancel)
    {
        var (experiments, models) = await permissions.ListAsync(user.Id, cancel);
        return new()
        {
            Id = user.Id,
            Username = user.Name,
            IsAdmin = await IsAdminAsync(user, cancel),
            ExperimentPermissions = experiments,
            RegisteredModelPermissions = models,
        };
    }

    private async Task<bool> IsAdminAsync(Principal user, CancellationToken cancel) => await store.FindCallerAsync(user.Id, cancel) is { IsAdmin: true };

    private static void RequireSelfOrAdmin(string? username, Caller caller)
    {
        if (!caller.IsAdmin && !(caller.Kind == PrincipalKind.User && caller.Name.Equals(username, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, $"Only members of the group '{BuiltIn.Admins}' may do this for other users; {caller.Name} is not a member.");
        }
    }
}
