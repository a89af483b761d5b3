using System.Net;
using System.Text.Json;
using Dossier.Protocol;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public abstract class ExplainTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;
    private readonly string _own = Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task A_grant_is_told_with_the_groups_and_the_directory_it_comes_through_and_who_made_it()
    {
        var began = TimeProvider.System.GetUtcNow();
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var team = await _server.GroupAsync($"team-{_own}", bob.Id);
        await _server.GroupAsync($"data-{_own}", team);
        var folder = await ann.DirectoryAsync($"/Users/{ann.Name}/boards");
        var target = await ann.ExperimentAsync($"/Users/{ann.Name}/boards/pcb");
        await ann.PatchAsync(folder, $"group:data-{_own}=CAN_RUN");
        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_READ");

        var told = await ExplainAsync(ann, $"{target}/explain?user_name={bob.Name}&permission_level=CAN_EDIT");

        Assert.Equal((bob.Name, "CAN_EDIT", "CAN_EDIT", true, true, false), (told.UserName, told.PermissionLevel, told.AskedLevel, told.Allowed, told.Active, told.Administrator));
        Assert.Collection(
            told.Grants!,
            inherited =>
            {
                Assert.Equal(("CAN_EDIT", $"/{folder}", $"/Users/{ann.Name}/boards", true, ann.Name), (inherited.PermissionLevel, inherited.ObjectId, inherited.ObjectName, inherited.Inherited, inherited.GrantedBy));
                Assert.Equal([$"data-{_own}", $"team-{_own}"], inherited.ThroughGroups!);
                Assert.InRange(inherited.GrantedAt, began.ToUnixTimeMilliseconds(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            },
            own =>
            {
                Assert.Equal(("CAN_READ", $"/{target}", $"/Users/{ann.Name}/boards/pcb", false, ann.Name), (own.PermissionLevel, own.ObjectId, own.ObjectName, own.Inherited, own.GrantedBy));
                Assert.Null(own.ThroughGroups);
            });
    }

    [Theory]
    [InlineData("CAN_READ", true)]
    [InlineData("CAN_EDIT", true)]
    [InlineData("CAN_MANAGE", false)]
    public async Task Asked_about_a_level_it_says_yes_or_no(string level, bool allowed)
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ModelAsync($"{_own}-m");
        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_EDIT");

        var told = await ExplainAsync(bob, $"{target}/explain?permission_level={level}");

        Assert.Equal((bob.Name, "CAN_EDIT", level, allowed), (told.UserName, told.PermissionLevel, told.AskedLevel, told.Allowed));
    }

    [Fact]
    public async Task Somebody_who_was_granted_nothing_has_no_permissions_by_no_grant()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var told = await ExplainAsync(ann, $"{await ann.ExperimentAsync($"{_own}-e")}/explain?user_name={bob.Name}");
        Assert.Equal(("NO_PERMISSIONS", null, null), (told.PermissionLevel, told.Allowed, told.Grants));
    }

    [Fact]
    public async Task An_administrator_manages_also_what_no_grant_tells()
    {
        var told = await ExplainAsync(_server.Admin, "authorization/tokens/explain?permission_level=CAN_MANAGE");
        Assert.Equal(("root", "CAN_MANAGE", true, true), (told.UserName, told.PermissionLevel, told.Allowed, told.Administrator));
        Assert.Equal(["users"], told.Grants!.Select(grant => grant.ThroughGroups![0]));
    }

    [Fact]
    public async Task A_service_principal_is_explained_by_its_application_id()
    {
        var ann = await UserAsync("ann");
        var robot = await _server.ServicePrincipalAsync("Robot");
        var target = await ann.ExperimentAsync($"{_own}-e");
        await ann.PatchAsync(target, $"sp:{robot.Name}=CAN_READ");

        var told = await ExplainAsync(ann, $"{target}/explain?service_principal_name={robot.Name}");

        Assert.Equal((null, robot.Name, "CAN_READ"), (told.UserName, told.ServicePrincipalName, told.PermissionLevel));
        Assert.Equal(told.Grants!.Single(), (await ExplainAsync(robot, $"{target}/explain")).Grants!.Single());
    }

    [Fact]
    public async Task Of_others_only_who_manages_the_object_is_told_and_nobody_learns_who_exists()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ExperimentAsync($"{_own}-e");
        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_EDIT");

        var ofAnn = await bob.PermissionsAsync($"{target}/explain?user_name={ann.Name}");
        var ofNobody = await bob.PermissionsAsync($"{target}/explain?user_name=nobody");

        Assert.Contains($"{bob.Name} does not have permission CAN_MANAGE on {target.Replace('/', ' ').Replace("experiments", "experiment", StringComparison.Ordinal)}", ofAnn.Refused("PERMISSION_DENIED"), StringComparison.Ordinal);
        Assert.Equal(ofAnn.Body, ofNobody.Body);
        Assert.Equal(bob.Name, (await ExplainAsync(bob, $"{target}/explain?user_name={bob.Name.ToUpperInvariant()}")).UserName);
        Assert.Equal("There is no user 'nobody'.", (await ann.PermissionsAsync($"{target}/explain?user_name=nobody")).Refused("RESOURCE_DOES_NOT_EXIST"));
    }

    [Theory]
    [InlineData("permission_level=CAN_FLY", "the levels of experiment 0 are CAN_READ, CAN_EDIT, CAN_MANAGE.")]
    [InlineData("user_name=a&service_principal_name=b", "The request names user_name and service_principal_name: exactly one of them may be set.")]
    public async Task A_question_that_makes_no_sense_is_refused(string query, string says) =>
        Assert.Contains(says, (await _server.Admin.PermissionsAsync($"experiments/0/explain?{query}")).Refused("INVALID_PARAMETER_VALUE"), StringComparison.Ordinal);

    private Task<Person> UserAsync(string name) => _server.UserAsync($"{name}-{_own}");

    private static async Task<PermissionExplanation> ExplainAsync(Support.Api who, string target)
    {
        var answer = await who.PermissionsAsync(target);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return JsonSerializer.Deserialize(answer.Body, WireJson.TypeInfo<PermissionExplanation>())!;
    }
}

public sealed class ExplainTestsOnSqlite(SignedInServer shared) : ExplainTests(shared), IClassFixture<SignedInServer>;

public sealed class ExplainTestsOnPostgres(SignedInPostgresServer shared) : ExplainTests(shared), IClassFixture<SignedInPostgresServer>;
