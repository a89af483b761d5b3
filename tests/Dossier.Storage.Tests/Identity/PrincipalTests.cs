using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Identity;

public abstract class PrincipalTests(StoreFixture fixture) : IdentityTests(fixture)
{
    [Fact]
    public async Task A_user_has_what_it_was_created_with()
    {
        var created = await Identity.CreateAsync(
            new()
            {
                Kind = PrincipalKind.User, Name = "Ann@x.org", DisplayName = "Ann", GivenName = "A", FamilyName = "N", Email = "ann.n@x.org", ExternalId = "e1",
            },
            At(7), default);

        Assert.Equal(7, created.CreatedAt);
        Assert.Equal(created, await Identity.FindAsync(created.Id, default));
        Assert.Equal(created, await Identity.FindAsync(PrincipalKind.User, "ann@X.ORG", default));
        Assert.Null(await Identity.FindAsync(PrincipalKind.Group, "Ann@x.org", default));
    }

    [Fact]
    public async Task A_name_in_another_case_is_the_same_user_and_a_group_may_have_it_too()
    {
        await UserAsync("Zoë");
        Assert.Equal("A user named 'ZOË' already exists.", await RefusedAsync(ErrorCode.ResourceAlreadyExists, () => UserAsync("ZOË")));
        await GroupAsync("zoë");
    }

    [Fact]
    public async Task Of_many_that_create_one_user_at_once_one_succeeds()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await UserAsync(i % 2 == 0 ? "ann" : "ANN");
                return true;
            }
            catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceAlreadyExists)
            {
                return false;
            }
        }));
        Assert.Single(attempts, succeeded => succeeded);
    }

    [Fact]
    public async Task A_change_is_told_with_what_was_before()
    {
        var ann = await UserAsync("ann");
        await Identity.UpdateAsync(PrincipalKind.User, ann, user => user with { DisplayName = "Ann" }, MemberChange.None, At(5), default);
        await Identity.UpdateAsync(PrincipalKind.User, ann, user => user with { DisplayName = "Ann" }, MemberChange.None, At(6), default);

        Assert.Equal(5, (await Identity.FindAsync(ann, default))!.UpdatedAt);
        Assert.Equal(
            [
                """user.create|ada|{"changes":[{"field":"name","from":null,"to":"ann"},{"field":"active","from":null,"to":"true"}]}""",
                """user.update|ada|{"changes":[{"field":"display_name","from":null,"to":"Ann"}]}""",
            ],
            await EventsOfAsync("ann"));
    }

    [Fact]
    public async Task Who_is_deactivated_is_nobody_until_activated_again()
    {
        var ann = await UserAsync("ann");
        var before = Store.Access.Version;
        await SetActiveAsync(ann, false);
        Assert.Null(await Identity.FindCallerAsync(ann, default));
        Assert.NotEqual(before, Store.Access.Version);
        await SetActiveAsync(ann, true);
        Assert.Equal("ann", (await Identity.FindCallerAsync(ann, default))!.Name);
    }

    [Fact]
    public async Task Who_is_deleted_leaves_groups_and_grants_and_the_next_one_gets_another_id()
    {
        var ann = await UserAsync("ann");
        var team = await GroupAsync("team", ann);
        await Store.Database.WriteAsync(
            async session => await session.ExecuteAsync("INSERT INTO grants (object_type, object_id, principal_id, level, granted_by, at) VALUES (2, 1, $1, 10, 'x', 1)", ann),
            default);

        await Identity.DeleteAsync(PrincipalKind.User, ann, At(9), default);

        Assert.Null(await Identity.FindAsync(ann, default));
        Assert.Null(await Identity.FindCallerAsync(ann, default));
        var rows = await Store.Database.ReadAsync(session => session.FirstAsync(
            "SELECT (SELECT COUNT(*) FROM grants WHERE principal_id = $1) + (SELECT COUNT(*) FROM group_members WHERE member_id = $1)", row => row.Integer(0), -1L, ann), default);
        Assert.Equal(0, rows);
        Assert.Contains("""group.change_members|ada|{"changes":[{"field":"members","from":"ann","to":null}]}""", await EventsOfAsync("team"));
        Assert.Contains(await EventsOfAsync("ann"), row => row.StartsWith("user.delete|ada|", StringComparison.Ordinal) && row.Contains("\"field\":\"grants\"", StringComparison.Ordinal));
        var last = await UserAsync("last");
        await Identity.DeleteAsync(PrincipalKind.User, last, At(9), default);
        Assert.True(await UserAsync("ann") > last);
        Assert.Equal("No user with id " + ann + " found.", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Identity.DeleteAsync(PrincipalKind.User, ann, At(9), default)));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Identity.DeleteAsync(PrincipalKind.User, team, At(9), default));
    }

    [Theory]
    [InlineData(BuiltIn.AdminsId, PrincipalKind.Group)]
    [InlineData(BuiltIn.UsersId, PrincipalKind.Group)]
    [InlineData(BuiltIn.LocalId, PrincipalKind.User)]
    public async Task What_is_built_in_stays_as_it_is(long id, PrincipalKind kind)
    {
        await RefusedAsync(ErrorCode.InvalidState, () => Identity.DeleteAsync(kind, id, At(1), default));
        await RefusedAsync(ErrorCode.InvalidState, () => Identity.UpdateAsync(kind, id, one => one with { Name = "other" }, MemberChange.None, At(1), default));
    }

    [Fact]
    public async Task The_local_user_can_not_be_deactivated() => await RefusedAsync(ErrorCode.InvalidState, () => SetActiveAsync(BuiltIn.LocalId, false));

    [Fact]
    public async Task A_group_can_be_renamed_but_not_to_a_name_that_is_taken()
    {
        var team = await GroupAsync("team");
        await GroupAsync("other");
        await RefusedAsync(
            ErrorCode.ResourceAlreadyExists, () => Identity.UpdateAsync(PrincipalKind.Group, team, one => one with { Name = "OTHER" }, MemberChange.None, At(1), default));
        await Identity.UpdateAsync(PrincipalKind.Group, team, one => one with { Name = "Team" }, MemberChange.None, At(1), default);
        Assert.Equal("Team", (await Identity.FindAsync(team, default))!.Name);
    }

    [Theory]
    [InlineData(PrincipalKind.User, IdentityLimits.UsersAndServicePrincipals, "There are already 10000 users and service principals")]
    [InlineData(PrincipalKind.Group, IdentityLimits.Groups, "There are already 5000 groups")]
    public async Task There_are_no_more_than_the_limit(PrincipalKind kind, int limit, string message)
    {
        await FillAsync(kind, limit - 1);
        var last = await Identity.CreateAsync(new() { Kind = kind, Name = "last" }, At(1), default);
        Assert.StartsWith(
            message, await RefusedAsync(ErrorCode.InvalidState, () => Identity.CreateAsync(new() { Kind = kind, Name = "more" }, At(1), default)), StringComparison.Ordinal);
        await Identity.DeleteAsync(kind, last.Id, At(1), default);
        await Identity.CreateAsync(new() { Kind = kind, Name = "more" }, At(1), default);
    }

    private Task<Principal> SetActiveAsync(long id, bool active) =>
        Identity.UpdateAsync(PrincipalKind.User, id, user => user with { Active = active }, MemberChange.None, At(4), default);

    // The tables' own rows, so that ten thousand are there at once.
    private Task<int> FillAsync(PrincipalKind kind, int total) => Store.Database.WriteAsync(
        async session => await session.ExecuteAsync(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
            INSERT INTO principals (kind, name, name_key, active, created_at, updated_at)
            SELECT $1, 'p' || i, 'p' || i, 1, 1, 1 FROM n WHERE i <= $2 - (SELECT COUNT(*) FROM principals WHERE kind = $1)
            """,
            (long)kind, (long)total),
        default);
}

public sealed class SqlitePrincipalTests() : PrincipalTests(new SqliteFixture());

public sealed class PostgresPrincipalTests() : PrincipalTests(new PostgresFixture());
