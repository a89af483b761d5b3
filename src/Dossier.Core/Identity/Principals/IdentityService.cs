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

    /// <summary>The guard of <see cref="CreateAsync(Granted{CreatePrincipal}, CancellationToken)"/>.</summary>
    public static Guard<CreatePrincipal> MayCreate { get; } = Guards.Admin<CreatePrincipal>();

    /// <summary>Creates a principal; a service principal without a name gets an application id.</summary>
    public Task<Principal> CreateAsync(Granted<CreatePrincipal> request, CancellationToken cancellationToken) =>
        CreateAsync(request.Message, request.Caller, cancellationToken);

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetPrincipal> MayGet { get; } = Guards.Admin<GetPrincipal>();

    /// <summary>The principal with its groups and, on demand, members.</summary>
    public Task<Principal> GetAsync(Granted<GetPrincipal> request, CancellationToken cancellationToken) => FindAsync(request.Message, cancellationToken);

    /// <summary>The guard of <see cref="GetSelfAsync"/>.</summary>
    public static Guard<GetSelf> MayGetSelf { get; } = Guards.SignedIn<GetSelf>();

    /// <summary>The caller.</summary>
    public Task<Principal> GetSelfAsync(Granted<GetSelf> request, CancellationToken cancellationToken) =>
        FindAsync(new(request.Caller.Kind, request.Caller.Id, request.Message.WithMembers), cancellationToken);

    /// <summary>The guard of <see cref="ListAsync"/>.</summary>
    public static Guard<PrincipalQuery> MayList { get; } = Guards.Admin<PrincipalQuery>();

    /// <summary>A page of principals, of at most 1,000.</summary>
    public Task<PrincipalPage> ListAsync(Granted<PrincipalQuery> request, CancellationToken cancellationToken)
    {
        var query = request.Message;
        return store.ListAsync(query with { StartIndex = Math.Max(1, query.StartIndex), Count = Math.Clamp(query.Count, 0, MaxPage) }, cancellationToken);
    }

    /// <summary>The guard of <see cref="UpdateAsync(Granted{UpdatePrincipal}, CancellationToken)"/>.</summary>
    public static Guard<UpdatePrincipal> MayUpdate { get; } = Guards.Admin<UpdatePrincipal>();

    /// <summary>Changes a principal and, of a group, its members; user names and application ids never change.</summary>
    public Task<Principal> UpdateAsync(Granted<UpdatePrincipal> request, CancellationToken cancellationToken) =>
        UpdateAsync(request.Message, request.Caller, cancellationToken);

    /// <summary>The guard of <see cref="DeleteAsync(Granted{DeletePrincipal}, CancellationToken)"/>.</summary>
    public static Guard<DeletePrincipal> MayDelete { get; } = Guards.Admin<DeletePrincipal>();

    /// <summary>Deletes a principal with its memberships, grants and credentials.</summary>
    public Task DeleteAsync(Granted<DeletePrincipal> request, CancellationToken cancellationToken) =>
        DeleteAsync(request.Message, request.Caller, cancellationToken);

    internal Task<Principal> CreateAsync(CreatePrincipal message, Caller caller, CancellationToken cancellationToken)
    {
        var (principal, members) = message;
        var named = principal.Kind == PrincipalKind.ServicePrincipal && string.IsNullOrEmpty(principal.Name) ? principal with { Name = Guid.NewGuid().ToString("D") } : principal;
        var change = clock.ChangeBy(caller);
        return principal.Kind == PrincipalKind.Group
            ? store.CreateGroupAsync(PrincipalRules.Check(named), ListRules.Bounded(members, "members", MostMembers), change, cancellationToken)
            : store.CreateAsync(PrincipalRules.Check(named), change, cancellationToken);
    }

    internal async Task<Principal> FindAsync(GetPrincipal message, CancellationToken cancellationToken) =>
        await store.GetAsync(message.Kind, message.Id, message.WithMembers, cancellationToken)
        ?? throw ProtocolException.NotFound($"No {Word(message.Kind)} with id {message.Id} found.");

    /// <summary>The user of this name.</summary>
    internal async Task<Principal> FindUserAsync(string? name, string parameter, CancellationToken cancellationToken)
    {
        var text = PrincipalRules.KnownName(name, parameter);
        return await store.FindAsync(PrincipalKind.User, text, cancellationToken)
            ?? throw ProtocolException.NotFound($"User with username={TextRules.Excerpt(text)} not found");
    }

    internal Task<Principal> UpdateAsync(UpdatePrincipal message, Caller caller, CancellationToken cancellationToken)
    {
        ListRules.Bounded(message.Members.Added, "members", MostMembers);
        return store.UpdateAsync(
            message.Kind, message.Id, before => Checked(before, message.Edit(before)), message.Members, clock.ChangeBy(caller), cancellationToken);
    }

    internal Task DeleteAsync(DeletePrincipal message, Caller caller, CancellationToken cancellationToken) =>
        store.DeleteAsync(message.Kind, message.Id, clock.ChangeBy(caller), cancellationToken);

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

/// <summary>A principal to be created.</summary>
/// <param name="Principal">What it is to be.</param>
/// <param name="Members">Of a group: the ids of its direct members.</param>
public sealed record CreatePrincipal(Principal Principal, IReadOnlyList<long> Members);

/// <summary>A principal to be read.</summary>
/// <param name="Kind">What it must be.</param>
/// <param name="Id">Which one.</param>
/// <param name="WithMembers">Whether with the members of a group.</param>
public sealed record GetPrincipal(PrincipalKind Kind, long Id, bool WithMembers);

/// <summary>The caller is to be read.</summary>
/// <param name="WithMembers">As in <see cref="GetPrincipal"/>.</param>
public sealed record GetSelf(bool WithMembers);

/// <summary>A change of a principal.</summary>
/// <param name="Kind">What it must be.</param>
/// <param name="Id">Which one.</param>
/// <param name="Edit">Makes the principal as it is to be from what it is; may run more than once.</param>
/// <param name="Members">The change of members.</param>
public sealed record UpdatePrincipal(PrincipalKind Kind, long Id, Func<Principal, Principal> Edit, MemberChange Members);

/// <summary>A principal to be deleted.</summary>
/// <param name="Kind">What it must be.</param>
/// <param name="Id">Which one.</param>
public sealed record DeletePrincipal(PrincipalKind Kind, long Id);
