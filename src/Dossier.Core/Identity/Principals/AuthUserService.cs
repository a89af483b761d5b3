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
    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateUser> MayCreate { get; } = Guards.Admin<CreateUser>();

    /// <summary>Creates a user with a password.</summary>
    public async Task<AuthUser> CreateAsync(Granted<CreateUser> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;

        // Checked before a user exists who could not sign in.
        PasswordService.RequireValid(message.Password, message.Username ?? "");
        var user = await identities.CreateAsync(new CreatePrincipal(new() { Kind = PrincipalKind.User, Name = message.Username ?? "" }, []), caller, cancellationToken);
        await passwords.SetAsync(user.Name, message.Password, oneTime: false, caller, cancellationToken);
        return await ShowAsync(user, cancellationToken);
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetUser> MayGet { get; } = Guards.SignedIn<GetUser>();

    /// <summary>The user; others than administrators see only themselves.</summary>
    public async Task<AuthUser> GetAsync(Granted<GetUser> request, CancellationToken cancellationToken)
    {
        var (username, caller) = (request.Message.Username, request.Caller);
        RequireSelfOrAdmin(username, caller);
        return await ShowAsync(await UserAsync(username, cancellationToken), cancellationToken);
    }

    /// <summary>The guard of <see cref="UpdatePasswordAsync"/>.</summary>
    public static Guard<UserPassword> MayUpdatePassword { get; } = new(Need.OwnPassword);

    /// <summary>Sets a password: an administrator anybody's, others their own, if it is by the password that they are signed in.</summary>
    public async Task UpdatePasswordAsync(Granted<UserPassword> request, SignedIn who, CancellationToken cancellationToken)
    {
        var message = request.Message;
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

        await passwords.SetAsync(message.Username, message.Password, oneTime: false, who.Caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="UpdateAdminAsync"/>.</summary>
    public static Guard<UpdateUserAdmin> MayUpdateAdmin { get; } = Guards.Admin<UpdateUserAdmin>();

    /// <summary>Makes a user an administrator, or no longer.</summary>
    public async Task UpdateAdminAsync(Granted<UpdateUserAdmin> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var user = await UserAsync(message.Username, cancellationToken);
        var wanted = message.IsAdmin ?? throw ProtocolException.Missing("is_admin");
        var groups = (await identities.FindAsync(new(PrincipalKind.User, user.Id, WithMembers: false), cancellationToken)).Groups!;
        if (!wanted && groups.All(group => group.Id != BuiltIn.AdminsId) && await IsAdminAsync(user, cancellationToken))
        {
            throw new ProtocolException(
                ErrorCode.InvalidState, $"{user.Name} is an administrator through a group in '{BuiltIn.Admins}': remove the user from that group, or the group from '{BuiltIn.Admins}'.");
        }

        var change = wanted ? MemberChange.None.Add([user.Id]) : MemberChange.None.Remove([user.Id]);
        await identities.UpdateAsync(new UpdatePrincipal(PrincipalKind.Group, BuiltIn.AdminsId, static admins => admins, change), caller, cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<UserRef> MayDelete { get; } = Guards.Admin<UserRef>();

    /// <summary>Deletes a user.</summary>
    public async Task DeleteAsync(Granted<UserRef> request, CancellationToken cancellationToken)
    {
        var user = await UserAsync(request.Message.Username, cancellationToken);
        await identities.DeleteAsync(new DeletePrincipal(PrincipalKind.User, user.Id), request.Caller, cancellationToken);
    }

    private Task<Principal> UserAsync(string? username, CancellationToken cancellationToken) => identities.FindUserAsync(username, "username", cancellationToken);

    private async Task<AuthUser> ShowAsync(Principal user, CancellationToken cancellationToken)
    {
        var (experiments, models) = await permissions.ListAsync(user.Id, cancellationToken);
        return new()
        {
            Id = user.Id,
            Username = user.Name,
            IsAdmin = await IsAdminAsync(user, cancellationToken),
            ExperimentPermissions = experiments,
            RegisteredModelPermissions = models,
        };
    }

    private async Task<bool> IsAdminAsync(Principal user, CancellationToken cancellationToken) => await store.FindCallerAsync(user.Id, cancellationToken) is { IsAdmin: true };

    private static void RequireSelfOrAdmin(string? username, Caller caller)
    {
        if (!caller.IsAdmin && !(caller.Kind == PrincipalKind.User && caller.Name.Equals(username, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, $"Only members of the group '{BuiltIn.Admins}' may do this for other users; {caller.Name} is not a member.");
        }
    }
}
