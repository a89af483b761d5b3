using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>The identity provider's claims about a user, after their signature was checked.</summary>
/// <param name="Subject">The provider's own id, which it never reuses.</param>
/// <param name="UserName">The name here.</param>
/// <param name="DisplayName">How people call them.</param>
/// <param name="Groups">The names of the provider's groups.</param>
public sealed record ProviderUser(string Subject, string UserName, string? DisplayName, IReadOnlyCollection<string> Groups);

/// <summary>
/// Makes users of those whom the identity provider knows, and keeps their memberships in step with its groups. A user that somebody else made is taken over by nobody:
/// names and e-mail addresses can change hands, the provider's id can't.
/// </summary>
/// <param name="identities">Where users are.</param>
/// <param name="given">The memberships that came from the provider.</param>
/// <param name="adminGroup">The provider's group whose members administer; null for none.</param>
/// <param name="clock">The time of changes.</param>
public sealed class ProviderUsers(IIdentityStore identities, IProviderGroupStore given, string? adminGroup, TimeProvider clock)
{
    private const int MostGroups = 1000;

    /// <summary>The user, made if need be.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> if the name is not valid; <c>PERMISSION_DENIED</c> if the name belongs to another user here, or the user is deactivated.</exception>
    public async Task<Caller> SignInAsync(ProviderUser user, CancellationToken cancel)
    {
        // Held to the rules for all users: at some providers people choose their names, and one like a service principal's would get its home folder.
        var known = PrincipalRules.Check(
            new() { Kind = PrincipalKind.User, Name = user.UserName, DisplayName = user.DisplayName ?? user.UserName, ExternalId = user.Subject });
        var change = new Change(known.Name, clock.Milliseconds());
        var found = await identities.FindAsync(PrincipalKind.User, known.Name, cancel) ?? await CreateAsync(known, change, cancel);
        if (found.ExternalId != user.Subject)
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied,
                $"The user '{found.Name}' already exists and is not linked to your account at the identity provider. An administrator can link it by setting the user's external id to '{TextRules.Excerpt(user.Subject)}'.");
        }

        await FollowGroupsAsync(found.Id, user.Groups, change, cancel);
        return await identities.FindCallerAsync(found.Id, cancel)
            ?? throw new ProtocolException(ErrorCode.PermissionDenied, $"The user '{found.Name}' is deactivated.");
    }

    private async Task<Principal> CreateAsync(Principal user, Change change, CancellationToken cancel)
    {
        try
        {
            return await identities.CreateAsync(user, change, cancel);
        }
        catch (ProtocolException taken) when (taken.ErrorCode == ErrorCode.ResourceAlreadyExists)
        {
            // Two first requests at once.
            return (await identities.FindAsync(PrincipalKind.User, user.Name, cancel))!;
        }
    }

    private async Task FollowGroupsAsync(long userId, IReadOnlyCollection<string> names, Change change, CancellationToken cancel)
    {
        var wanted = await GroupsAsync(names, cancel);
        var had = (await given.ListAsync(userId, cancel)).ToHashSet();
        if (had.SetEquals(wanted))
        {
            return;
        }

        // Memberships that were added here stay: only those from the provider are removed.
        var now = new HashSet<long>(had);
        var groups = (await identities.FindCallerAsync(userId, cancel))?.PrincipalIds ?? [];
        foreach (var group in wanted.Except(had).Where(group => !groups.Contains(group)))
        {
            await identities.ChangeMembersAsync(group, [userId], [], change, cancel);
            now.Add(group);
        }

        foreach (var group in had.Except(wanted))
        {
            await identities.ChangeMembersAsync(group, [], [userId], change, cancel);
            now.Remove(group);
        }

        await given.SetAsync(userId, now, cancel);
    }

    private async Task<HashSet<long>> GroupsAsync(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var ids = new HashSet<long>();
        foreach (var name in names.Take(MostGroups).Where(name => name.Length is > 0 and <= Limits.Principal))
        {
            if (name == adminGroup)
            {
                ids.Add(BuiltIn.AdminsId);
            }
            else if (await identities.FindAsync(PrincipalKind.Group, name, cancel) is { IsBuiltIn: false } group)
            {
                ids.Add(group.Id);
            }
        }

        return ids;
    }
}
