using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>The port to users, groups and service principals. Every change is one durable transaction with its event row.</summary>
public interface IIdentityStore
{
    /// <summary>Adds a principal; a user or service principal gets its home folder and manages it.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_ALREADY_EXISTS</c>; <c>INVALID_STATE</c> if the maximum number exists already.</exception>
    Task<Principal> CreateAsync(Principal principal, Change change, CancellationToken cancel);

    /// <summary>Adds a group with its members.</summary>
    /// <exception cref="ProtocolException">As <see cref="CreateAsync"/> and <see cref="ChangeMembersAsync"/>.</exception>
    Task<Principal> CreateGroupAsync(Principal group, IReadOnlyList<long> members, Change change, CancellationToken cancel);

    /// <summary>The principal; null if it does not exist.</summary>
    Task<Principal?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The principal; null if it does not exist.</summary>
    Task<Principal?> FindAsync(PrincipalKind kind, string name, CancellationToken cancel);

    /// <summary>The principal with its direct groups and members; null if none of this kind exists.</summary>
    Task<Principal?> GetAsync(PrincipalKind kind, long id, bool withMembers, CancellationToken cancel);

    /// <summary>A page of principals.</summary>
    Task<PrincipalPage> ListAsync(PrincipalQuery query, CancellationToken cancel);

    /// <summary>A user or service principal with all its groups, in one statement; null if it does not exist or is not active.</summary>
    Task<Caller?> FindCallerAsync(long principalId, CancellationToken cancel);

    /// <summary>
    /// Whether an administrator exists: an active user or service principal in <c>admins</c>, directly or through groups, other than the
    /// local user.
    /// </summary>
    Task<bool> HasAdministratorAsync(CancellationToken cancel);

    /// <summary>Changes a principal's attributes and, of a group, its members, as one change.</summary>
    /// <param name="kind">The kind that the principal must have.</param>
    /// <param name="id">Which one.</param>
    /// <param name="edit">Makes the principal as it is to be from what it is, and does nothing else: it may run more than once.</param>
    /// <param name="members">The change of members.</param>
    /// <param name="change">The caller and the time.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>, <c>RESOURCE_ALREADY_EXISTS</c> for a name that is taken, <c>INVALID_STATE</c> where a
    /// built-in principal would be renamed or deactivated or the last administrator be lost, and all of <see cref="ChangeMembersAsync"/>.</exception>
    Task<Principal> UpdateAsync(
        PrincipalKind kind, long id, Func<Principal, Principal> edit, MemberChange members, Change change, CancellationToken cancel);

    /// <summary>
    /// Deletes a principal with its memberships, grants and credentials. Its home folder stays: it may hold the work of others.
    /// </summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c>; <c>INVALID_STATE</c> for one that is built in and for the last administrator.</exception>
    Task DeleteAsync(PrincipalKind kind, long id, Change change, CancellationToken cancel);

    /// <summary>Adds and removes direct members of a group.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> for an unknown group, <c>INVALID_PARAMETER_VALUE</c> for an unknown member, for a cycle,
    /// for more than 10 levels and for more than 1,500 groups of one member, <c>INVALID_STATE</c> for a change to <c>users</c> and for the last administrator.</exception>
    Task ChangeMembersAsync(long groupId, IReadOnlyList<long> added, IReadOnlyList<long> removed, Change change, CancellationToken cancel);
}
