using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>The port to users, groups and service principals. Every change is one durable transaction with its event row.</summary>
public interface IIdentityStore
{
    /// <summary>Adds a principal; a user or service principal gets its home folder and manages it.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_ALREADY_EXISTS</c>.</exception>
    Task<Principal> CreateAsync(Principal principal, Change change, CancellationToken cancel);

    /// <summary>The principal; null if there is none.</summary>
    Task<Principal?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The principal; null if there is none.</summary>
    Task<Principal?> FindAsync(PrincipalKind kind, string name, CancellationToken cancel);

    /// <summary>A user or service principal with all its groups, in one statement; null if there is none or it is not active.</summary>
    Task<Caller?> FindCallerAsync(long principalId, CancellationToken cancel);

    /// <summary>Adds and removes direct members of a group.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> for an unknown principal, <c>INVALID_PARAMETER_VALUE</c> for a cycle, for more than
    /// 10 levels, for a change to <c>users</c>, and for the last administrator.</exception>
    Task ChangeMembersAsync(long groupId, IReadOnlyList<long> added, IReadOnlyList<long> removed, Change change, CancellationToken cancel);
}
