using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Identity;

public abstract class TokenTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private static readonly byte[] Hash = Secret.Hash("dossier_a");

    private ICredentialStore Credentials => Store.Credentials;

    [Fact]
    public async Task A_token_is_found_by_its_hash_with_its_owner_and_all_groups()
    {
        var ann = await UserAsync("ann");
        var inner = await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.Group, Name = "inner" }, At(1), default);
        var outer = await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.Group, Name = "outer" }, At(1), default);
        await Store.Identity.ChangeMembersAsync(inner.Id, [ann], [], At(1), default);
        await Store.Identity.ChangeMembersAsync(outer.Id, [inner.Id], [], At(1), default);
        await AddAsync(ann, expiresAt: 500);
        var holder = await Credentials.FindTokenHolderAsync(Hash, default);
        Assert.Equal((TokenKind.Personal, 500L, true), (holder!.Kind, holder.ExpiresAt, holder.MayUse));
        Assert.Equal((ann, "ann", PrincipalKind.User), (holder.Caller.Id, holder.Caller.Name, holder.Caller.Kind));
        Assert.Equal(new[] { BuiltIn.UsersId, ann, inner.Id, outer.Id }.Order(), holder.Caller.PrincipalIds);
        Assert.Null(await Credentials.FindTokenHolderAsync(Secret.Hash("dossier_b"), default));
    }

    [Fact]
    public async Task A_token_of_somebody_who_is_not_active_signs_nobody_in()
    {
        var gone = await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = "gone", Active = false }, At(1), default);
        await AddAsync(gone.Id);
        Assert.Null(await Credentials.FindTokenHolderAsync(Hash, default));
    }

    [Fact]
    public async Task A_deleted_token_is_gone_at_once_and_what_is_remembered_no_longer_counts()
    {
        var token = await AddAsync(await UserAsync("ann"));
        var before = Store.Access.Version;
        await Credentials.DeleteTokenAsync(token.TokenId, At(7), default);
        Assert.NotEqual(before, Store.Access.Version);
        Assert.Null(await Credentials.FindTokenHolderAsync(Hash, default));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Credentials.DeleteTokenAsync(token.TokenId, At(8), default));
    }

    [Fact]
    public async Task Tokens_are_listed_by_owner_and_by_creator()
    {
        var (ann, ben) = (await UserAsync("ann"), await UserAsync("ben"));
        var first = await AddAsync(ann, "dossier_1", by: ann);
        var second = await AddAsync(ann, "dossier_2", by: ben);
        await AddAsync(ben, "dossier_3", by: ben);
        Assert.Equal([first.TokenId, second.TokenId], (await Credentials.ListTokensAsync(ann, null, default)).Select(token => token.TokenId));
        Assert.Equal(["ann", "ben"], (await Credentials.ListTokensAsync(null, ben, default)).Select(token => token.OwnerName));
        Assert.Equal(3, (await Credentials.ListTokensAsync(null, null, default)).Count);
        Assert.Equal("ben", (await Credentials.FindTokenAsync(second.TokenId, default))!.CreatedByUsername);
    }

    [Fact]
    public async Task Creation_change_and_deletion_are_events_that_hold_no_secret()
    {
        var token = await AddAsync(await UserAsync("ann"), expiresAt: 500);
        await Credentials.UpdateTokenAsync(token.TokenId, "laptop", At(6), default);
        await Credentials.DeleteTokenAsync(token.TokenId, At(7), default);
        Assert.Equal(
        [
            """token.create|ada|{"changes":[{"field":"owner","from":null,"to":"ann"},{"field":"kind","from":null,"to":"personal"},{"field":"comment","from":null,"to":"ci"},{"field":"expiry_time","from":null,"to":"500"}]}""",
            """token.update|ada|{"changes":[{"field":"comment","from":"ci","to":"laptop"}]}""",
            """token.delete|ada|{"changes":[{"field":"owner","from":"ann","to":null},{"field":"comment","from":"laptop","to":null}]}""",
        ], await EventsOfAsync(token.TokenId));
    }

    [Fact]
    public async Task Nobody_has_more_than_600_tokens_that_are_still_good()
    {
        var ann = await UserAsync("ann");
        await AddAsync(ann, "dossier_old", expiresAt: 4);
        for (var i = 0; i < 600; i++)
        {
            await AddAsync(ann, $"dossier_{i}");
        }

        Assert.Contains("at most 600", await RefusedAsync(ErrorCode.InvalidState, () => AddAsync(ann, "dossier_more")), StringComparison.Ordinal);
        await AddAsync(await UserAsync("ben"), "dossier_other");
    }

    private async Task<long> UserAsync(string name) => (await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = name }, At(1), default)).Id;

    private Task<TokenInfo> AddAsync(long owner, string value = "dossier_a", long? expiresAt = null, long by = 0) =>
        Credentials.AddTokenAsync(new(TokenKind.Personal, owner, Secret.Hash(value), expiresAt, "ci"), new Change("ada", 5, by), default);
}

public sealed class TokenTestsOnSqlite() : TokenTests(new SqliteFixture());

public sealed class TokenTestsOnPostgres() : TokenTests(new PostgresFixture());
