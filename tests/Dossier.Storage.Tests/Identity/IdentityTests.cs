using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Identity;

/// <summary>What the tests of identities share: short words for what an administrator does.</summary>
public abstract class IdentityTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    protected IIdentityStore Identity => Store.Identity;

    protected async Task<long> UserAsync(string name) =>
        (await Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = name }, At(1), default)).Id;

    protected async Task<long> GroupAsync(string name, params long[] members) =>
        (await Identity.CreateGroupAsync(new() { Kind = PrincipalKind.Group, Name = name }, members, At(1), default)).Id;

    protected Task AddAsync(long group, params long[] members) => Identity.ChangeMembersAsync(group, members, [], At(2), default);

    protected Task RemoveAsync(long group, params long[] members) => Identity.ChangeMembersAsync(group, [], members, At(3), default);

    protected async Task<IReadOnlyList<long>?> PrincipalIdsAsync(long user) => (await Identity.FindCallerAsync(user, default))?.PrincipalIds;
}
