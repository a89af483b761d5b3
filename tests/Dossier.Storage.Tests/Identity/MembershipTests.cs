using CsCheck;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Identity;

public abstract class MembershipTests(StoreFixture fixture) : IdentityTests(fixture)
{
    [Fact]
    public async Task A_member_is_in_all_groups_above_and_in_users()
    {
        var ann = await UserAsync("ann");
        var inner = await GroupAsync("inner", ann);
        var outer = await GroupAsync("outer", inner);
        Assert.Equal([BuiltIn.UsersId, ann, inner, outer], await PrincipalIdsAsync(ann));

        await RemoveAsync(outer, inner);
        Assert.Equal([BuiltIn.UsersId, ann, inner], await PrincipalIdsAsync(ann));
    }

    [Fact]
    public async Task A_member_of_a_group_in_admins_is_an_administrator()
    {
        var ann = await UserAsync("ann");
        await AddAsync(BuiltIn.AdminsId, await GroupAsync("ops", ann));
        Assert.True((await Identity.FindCallerAsync(ann, default))!.IsAdmin);
    }

    [Fact]
    public async Task Who_comes_and_who_leaves_is_told_by_name()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var team = await GroupAsync("team", ann);
        await AddAsync(team, ann, bob);
        await AddAsync(team, bob);
        await RemoveAsync(team, ann, 4711);
        Assert.Equal(
            [
                """group.create|ada|{"changes":[{"field":"name","from":null,"to":"team"}]}""",
                """group.change_members|ada|{"changes":[{"field":"members","from":null,"to":"ann"}]}""",
                """group.change_members|ada|{"changes":[{"field":"members","from":null,"to":"bob"}]}""",
                """group.change_members|ada|{"changes":[{"field":"members","from":"ann","to":null}]}""",
            ],
            await EventsOfAsync("team"));
    }

    [Fact]
    public async Task Of_a_large_change_every_name_is_told()
    {
        var users = new List<long>();
        for (var i = 0; i < 230; i++)
        {
            users.Add(await UserAsync($"user{i}"));
        }

        await GroupAsync("team", [.. users]);
        var events = (await EventsOfAsync("team"))[1..];
        Assert.Equal(3, events.Count);
        Assert.Equal(230, events.Sum(row => row.Split("\"field\":\"members\"").Length - 1));
        Assert.DoesNotContain(events, row => row.Contains("left_out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replacing_the_members_leaves_exactly_those()
    {
        var (ann, bob, cem) = (await UserAsync("ann"), await UserAsync("bob"), await UserAsync("cem"));
        var team = await GroupAsync("team", ann, bob);
        await Identity.UpdateAsync(PrincipalKind.Group, team, one => one with { Name = "crew" }, MemberChange.To([bob, cem]), At(4), default);
        Assert.DoesNotContain(team, (await PrincipalIdsAsync(ann))!);
        Assert.Contains(team, (await PrincipalIdsAsync(bob))!);
        Assert.Contains(team, (await PrincipalIdsAsync(cem))!);
        Assert.Contains("""group.change_members|ada|{"changes":[{"field":"members","from":null,"to":"cem"},{"field":"members","from":"ann","to":null}]}""", await EventsOfAsync("crew"));
    }

    [Fact]
    public async Task What_refuses_the_members_refuses_the_rename_with_them()
    {
        var team = await GroupAsync("team");
        var message = await RefusedAsync(ErrorCode.InvalidParameterValue, () => Identity.UpdateAsync(
            PrincipalKind.Group, team, one => one with { Name = "crew" }, MemberChange.To([4711]), At(4), default));
        Assert.Equal("No user, group or service principal with id 4711 found.", message);
        Assert.Equal("team", (await Identity.FindAsync(team, default))!.Name);
        Assert.Single(await EventsOfAsync("team"));
    }

    [Fact]
    public async Task A_circle_of_groups_is_refused()
    {
        var c = await GroupAsync("c");
        var a = await GroupAsync("a", await GroupAsync("b", c));
        Assert.Equal(
            "Group 'c' is a member of 'a', directly or through other groups, so 'a' cannot be a member of 'c'.", await RefusedAsync(ErrorCode.InvalidParameterValue, () => AddAsync(c, a)));
        Assert.Equal("Group 'c' cannot be a member of itself.", await RefusedAsync(ErrorCode.InvalidParameterValue, () => AddAsync(c, c)));
    }

    [Fact]
    public async Task Ten_levels_of_groups_are_enough()
    {
        var (ann, groups) = (await UserAsync("ann"), new List<long>());
        for (var i = 0; i < IdentityLimits.Levels; i++)
        {
            groups.Add(i == 0 ? await GroupAsync("g0", ann) : await GroupAsync($"g{i}", groups[^1]));
        }

        Assert.Equal([BuiltIn.UsersId, ann, .. groups], await PrincipalIdsAsync(ann));
        var above = await GroupAsync("above");
        Assert.Contains("11", await RefusedAsync(ErrorCode.InvalidParameterValue, () => AddAsync(above, groups[^1])), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => AddAsync(groups[0], above));
        await AddAsync(above, groups[^2]);
    }

    [Fact]
    public async Task Many_ways_through_many_groups_are_counted_quickly()
    {
        var below = new List<long>();
        for (var level = 0; level < IdentityLimits.Levels; level++)
        {
            var groups = new List<long>();
            for (var i = 0; i < 12; i++)
            {
                groups.Add(await GroupAsync($"g{level}-{i}", [.. below]));
            }

            below = groups;
        }

        await RefusedAsync(ErrorCode.InvalidParameterValue, () => GroupAsync("top", [.. below]));
    }

    [Fact]
    public async Task One_is_directly_in_at_most_1500_groups()
    {
        var ann = await UserAsync("ann");
        await Store.Database.WriteAsync(
            async session => await session.ExecuteAsync(
                "WITH RECURSIVE n (i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n WHERE i < 101498) INSERT INTO group_members (group_id, member_id) SELECT i, $1 FROM n", ann),
            default);
        var team = await GroupAsync("team", ann);
        Assert.StartsWith("'ann' is in 1500 groups", await RefusedAsync(ErrorCode.InvalidParameterValue, () => GroupAsync("more", ann)), StringComparison.Ordinal);
        await RemoveAsync(team, ann);
        await GroupAsync("more", ann);
    }

    [Fact]
    public async Task Users_is_everybody_and_neither_has_members_nor_is_one()
    {
        var ann = await UserAsync("ann");
        await RefusedAsync(ErrorCode.InvalidState, () => AddAsync(BuiltIn.UsersId, ann));
        await RefusedAsync(ErrorCode.InvalidState, () => AddAsync(BuiltIn.AdminsId, BuiltIn.UsersId));
        await RefusedAsync(ErrorCode.InvalidState, () => RemoveAsync(BuiltIn.AdminsId, BuiltIn.LocalId));
        await Identity.UpdateAsync(PrincipalKind.Group, BuiltIn.AdminsId, one => one, MemberChange.To([ann]), At(2), default);
        Assert.True((await Identity.FindCallerAsync(BuiltIn.LocalId, default))!.IsAdmin);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var ann = await UserAsync("ann");
        var ops = await GroupAsync("ops", ann);
        await AddAsync(BuiltIn.AdminsId, ops);

        Func<Task>[] ways =
        [
            () => RemoveAsync(ops, ann),
            () => RemoveAsync(BuiltIn.AdminsId, ops),
            () => Identity.UpdateAsync(PrincipalKind.Group, ops, one => one, MemberChange.To([]), At(5), default),
            () => Identity.UpdateAsync(PrincipalKind.User, ann, one => one with { Active = false }, MemberChange.None, At(5), default),
            () => Identity.DeleteAsync(PrincipalKind.User, ann, At(5), default),
            () => Identity.DeleteAsync(PrincipalKind.Group, ops, At(5), default),
        ];
        foreach (var way in ways)
        {
            Assert.StartsWith("This would leave 'admins' without an active member", await RefusedAsync(ErrorCode.InvalidState, way), StringComparison.Ordinal);
        }

        Assert.True((await Identity.FindCallerAsync(ann, default))!.IsAdmin);
        await AddAsync(BuiltIn.AdminsId, await UserAsync("bob"));
        await Identity.DeleteAsync(PrincipalKind.User, ann, At(6), default);
    }

    [Fact]
    public async Task Of_administrators_who_all_leave_at_once_one_stays()
    {
        var admins = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            admins.Add(await UserAsync($"admin{i}"));
        }

        await AddAsync(BuiltIn.AdminsId, [.. admins]);
        var left = await Task.WhenAll(admins.Select((admin, i) => SucceedsAsync(() => i % 2 == 0
            ? RemoveAsync(BuiltIn.AdminsId, admin)
            : Identity.DeleteAsync(PrincipalKind.User, admin, At(9), default))));
        Assert.Single(left, one => !one);
    }

    [Fact]
    public async Task Of_groups_that_enter_each_other_at_once_no_circle_comes() => await Gen.Int[2, 5].SampleAsync(
        async count =>
        {
            var groups = new List<long>();
            for (var i = 0; i < count; i++)
            {
                groups.Add(await GroupAsync($"g{Guid.NewGuid():N}"));
            }

            // Each takes the next one in, the last the first: one of them must be refused.
            var done = await Task.WhenAll(groups.Select((group, i) => SucceedsAsync(() => AddAsync(group, groups[(i + 1) % count]))));
            Assert.Single(done, one => !one);
        },
        iter: 5, threads: 1);

    private static async Task<bool> SucceedsAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}

public sealed class SqliteMembershipTests() : MembershipTests(new SqliteFixture());

public sealed class PostgresMembershipTests() : MembershipTests(new PostgresFixture());
