namespace Dossier.Client.Tests.RealServer;

public sealed class IdentityTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_user_lives_through_all_its_calls()
    {
        var users = server.Client.Users;
        var ann = await users.CreateAsync(new() { UserName = "ann \"A\" \\ ß@x.org", DisplayName = "Ann", Name = new("A", "N"), Emails = [new("a@y")] });
        Assert.Equal(("a@y", "N", true), (ann.Emails![0].Value, ann.Name!.FamilyName, ann.Active));
        Assert.Equal(ann.Id, (await users.FindAsync("ANN \"a\" \\ ß@X.ORG"))!.Id);
        Assert.Null(await users.FindAsync("ann"));
        await users.SetActiveAsync(ann.Id!, false);
        Assert.False((await users.GetAsync(ann.Id!)).Active);
        await users.SetActiveAsync(ann.Id!, true);
        Assert.Equal("Ann", Assert.Single(await users.ListAsync("userName sw \"ann\" and active eq true").ToListAsync()).DisplayName);
        var taken = await Assert.ThrowsAsync<ProtocolException>(() => users.CreateAsync(new() { UserName = ann.UserName }));
        Assert.Equal((ErrorCode.ResourceAlreadyExists, 409, "uniqueness"), (taken.ErrorCode, taken.StatusCode, taken.ScimType));
        await users.DeleteAsync(ann.Id!);
        Assert.Equal(ErrorCode.ResourceDoesNotExist, (await Assert.ThrowsAsync<ProtocolException>(() => users.GetAsync(ann.Id!))).ErrorCode);
    }

    [Fact]
    public async Task A_group_takes_members_and_lets_them_go()
    {
        var (groups, programs) = (server.Client.Groups, server.Client.ServicePrincipals);
        var robot = await programs.CreateAsync(new() { DisplayName = "nightly" });
        Assert.Equal(robot.Id, (await programs.FindAsync(robot.ApplicationId!.ToUpperInvariant()))!.Id);
        var inner = await groups.CreateAsync(new() { DisplayName = "inner", Members = [new(robot.Id!)] });
        var outer = await groups.CreateAsync(new() { DisplayName = "outer" });
        await groups.AddMembersAsync(outer.Id!, [inner.Id!, robot.Id!]);
        await groups.RemoveMembersAsync(outer.Id!, [robot.Id!]);
        Assert.Equal("Groups/" + inner.Id, Assert.Single((await groups.FindAsync("OUTER"))!.Members!).Ref);
        Assert.Equal(["inner"], (await programs.GetAsync(robot.Id!)).Groups!.Select(group => group.Display));
        Assert.All(await groups.ListAsync().ToListAsync(), group => Assert.Null(group.Members));
        await programs.SetActiveAsync(robot.Id!, false);
        await programs.DeleteAsync(robot.Id!);
        await groups.DeleteAsync(outer.Id!);
        var circle = await Assert.ThrowsAsync<ProtocolException>(() => groups.AddMembersAsync(inner.Id!, [inner.Id!]));
        Assert.Equal(ErrorCode.InvalidParameterValue, circle.ErrorCode);
        Assert.Equal(ErrorCode.InvalidState, (await Assert.ThrowsAsync<ProtocolException>(() => groups.DeleteAsync("1"))).ErrorCode);
    }

    [Fact]
    public async Task A_list_walks_through_all_pages()
    {
        for (var i = 0; i < 520; i++)
        {
            await server.Client.Groups.CreateAsync(new() { DisplayName = $"page{i}" });
        }

        var names = await server.Client.Groups.ListAsync("displayName sw \"page\"").Select(group => group.DisplayName).ToListAsync();
        Assert.Equal(520, names.Distinct().Count());
        Assert.Equal(520, names.Count);
    }
}
