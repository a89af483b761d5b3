using Dossier.Core.Access;
using Dossier.Protocol;

namespace Dossier.Storage.Access;

/// <summary>Writes grants as the answer of the Permissions API, in an order that history does not change.</summary>
internal static class AccessControlLists
{
    private static readonly IReadOnlyList<PrincipalKind> OrderOfModels = [PrincipalKind.Group, PrincipalKind.User, PrincipalKind.ServicePrincipal];
    private static readonly IReadOnlyList<PrincipalKind> OrderOfOthers = [PrincipalKind.ServicePrincipal, PrincipalKind.User, PrincipalKind.Group];

    /// <summary>The answer.</summary>
    /// <param name="target">The object.</param>
    /// <param name="grants">All grants that count on it, the nearest sources first.</param>
    public static ObjectPermissions Of(GrantTarget target, IEnumerable<HeldGrant> grants)
    {
        var kinds = target.Object.Rules.ListsGroupsFirst ? OrderOfModels : OrderOfOthers;
        return new ObjectPermissions
        {
            ObjectId = target.ObjectId,
            ObjectType = target.Object.Rules.ObjectType,
            AccessControlList =
            [
                .. grants.GroupBy(grant => grant.PrincipalId)
                    .OrderBy(held => Place(kinds, held.First().Kind)).ThenBy(held => held.First().Name, StringComparer.Ordinal)
                    .Select(Entry),
            ],
        };
    }

    private static int Place(IReadOnlyList<PrincipalKind> kinds, PrincipalKind kind) => kinds.TakeWhile(one => one != kind).Count();

    private static AccessControl Entry(IEnumerable<HeldGrant> held)
    {
        var holder = held.First();
        return new AccessControl
        {
            UserName = holder.Kind == PrincipalKind.User ? holder.Name : null,
            GroupName = holder.Kind == PrincipalKind.Group ? holder.Name : null,
            ServicePrincipalName = holder.Kind == PrincipalKind.ServicePrincipal ? holder.Name : null,
            DisplayName = holder.Kind == PrincipalKind.Group ? null : holder.DisplayName,
            AllPermissions =
            [
                .. held.GroupBy(grant => (grant.Level, IsInherited: grant.From is not null))
                    .OrderBy(level => level.Key.IsInherited).ThenByDescending(level => level.Key.Level)
                    .Select(level => new GrantedLevel
                    {
                        PermissionLevel = level.Key.Level.Name(),
                        Inherited = level.Key.IsInherited,
                        InheritedFromObject = level.Key.IsInherited ? [.. level.Select(grant => grant.From!)] : null,
                    }),
            ],
        };
    }
}
