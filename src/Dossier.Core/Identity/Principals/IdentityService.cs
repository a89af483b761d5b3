using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Identity;

/// <summary>Users, groups and service principals. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="clock">The time of changes.</param>
public sealed class IdentityService(IIdentityStore store, TimeProvider clock)
{
    private const int MaxPage = 1000;

    // More than there can be principals.
    private const int MostMembers = IdentityLimits.UsersAndServicePrincipals + IdentityLimits.Groups;

    /// <summary>Creates a principal; a service principal without a name gets an application id.</summary>
    /// <param name="principal">What it is to be.</param>
    /// <param name="members">Of a group: its direct members.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<Principal> CreateAsync(Principal principal, IReadOnlyList<long> members, Caller caller, CancellationToken cancel)
    {
        var named = principal.Kind == PrincipalKind.ServicePrincipal && string.IsNullOrEmpty(principal.Name) ? principal with { Name = Guid.NewGuid().ToString("D") } : principal;
        var change = clock.ChangeBy(caller);
        return principal.Kind == PrincipalKind.Group
            ? store.CreateGroupAsync(PrincipalRules.Check(named), ListRules.Bounded(members, "members", MostMembers), change, cancel)
            : store.CreateAsync(PrincipalRules.Check(named), change, cancel);
    }

    /// <summary>The principal with its groups and, on demand, members.</summary>
    public async Task<Principal> GetAsync(PrincipalKind kind, long id, bool withMembers, CancellationToken cancel) =>
        await store.GetAsync(kind, id, withMembers, cancel) ?? throw ProtocolException.NotFound($"No {Word(kind)} with id {id} found.");

    /// <summary>The user of this name.</summary>
    public async Task<Principal> GetUserAsync(string? name, string parameter, CancellationToken cancel)
    {
        var text = PrincipalRules.KnownName(name, parameter);
        return await store.FindAsync(PrincipalKind.User, text, cancel) ?? throw ProtocolException.NotFound($"User with username={TextRules.Excerpt(text)} not found");
    }

    /// <summary>A page of at most 1,000 principals.</summary>
    public Task<PrincipalPage> ListAsync(PrincipalQuery query, CancellationToken cancel) =>
        store.ListAsync(query with { StartIndex = Math.Max(1, query.StartIndex), Count = Math.Clamp(query.Count, 0, MaxPage) }, cancel);

    /// <summary>Changes a principal and, of a group, its members; user names and application ids never change.</summary>
    /// <param name="kind">The kind that the principal must have.</param>
    /// <param name="id">Which one.</param>
    /// <param name="edit">Makes the principal as it is to be from what it is; may run more than once.</param>
    /// <param name="members">The change of members.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="cancel">Stops waiting.</param>
    public Task<Principal> UpdateAsync(
        PrincipalKind kind, long id, Func<Principal, Principal> edit, MemberChange members, Caller caller, CancellationToken cancel)
    {
        ListRules.Bounded(members.Added, "members", MostMembers);
        return store.UpdateAsync(kind, id, before => Checked(before, edit(before)), members, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes a principal with its memberships, grants and credentials.</summary>
    public Task DeleteAsync(PrincipalKind kind, long id, Caller caller, CancellationToken cancel) =>
        store.DeleteAsync(kind, id, clock.ChangeBy(caller), cancel);

    private static Principal Checked(Principal before, Principal after)
    {
        // Stored values may be older than today's rules, which apply only to values that change.
        if (after == before)
        {
            return before;
        }

        if (before.Kind != PrincipalKind.Group && !before.Name.Equals(after.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProtocolException(
                ErrorCode.InvalidParameterValue,
                $"The name of a {Word(before.Kind)} cannot be changed: the record refers to '{before.Name}' by it. Create a new one instead.")
            {
                ScimType = "mutability",
            };
        }

        return PrincipalRules.Check(before.Kind == PrincipalKind.Group ? after : after with { Name = before.Name });
    }

    private static string Word(PrincipalKind kind) => kind switch
    {
        PrincipalKind.User => "user",
        PrincipalKind.Group => "group",
        _ => "service principal",
    };
}
