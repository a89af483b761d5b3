using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public abstract class PermissionTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;
    private readonly string _own = Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task Who_makes_an_experiment_manages_it_by_the_home_folder_and_who_registers_a_model_by_a_grant()
    {
        var ann = await UserAsync("ann");
        var experiment = await ann.PermissionsAsync(await ann.ExperimentAsync($"{_own}-e"));
        var model = await ann.PermissionsAsync(await ann.ModelAsync($"{_own}-m"));

        Assert.Matches($"^user:{ann.Name}=CAN_MANAGE from /directories/[0-9]+; group:admins=CAN_MANAGE from /directories/$", experiment.Grants());
        Assert.Equal($"group:admins=CAN_MANAGE from /registered-models/; user:{ann.Name}=CAN_MANAGE", model.Grants());
        Assert.Equal("mlflowExperiment", experiment.Json.GetProperty("object_type").GetString());
        Assert.Equal("registered-model", model.Json.GetProperty("object_type").GetString());
    }

    [Fact]
    public async Task PATCH_changes_those_it_lists_and_PUT_takes_away_those_it_does_not_list()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var robot = await _server.ServicePrincipalAsync("Robot");
        var data = await GroupAsync("data");
        var target = await ann.ModelAsync($"{_own}-m");

        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_READ", $"group:{data}=CAN_EDIT");
        var patched = await ann.PatchAsync(target, $"user:{bob.Name}=CAN_MANAGE_STAGING_VERSIONS", $"sp:{robot.Name}=CAN_READ");
        var put = await ann.PutAsync(target, $"user:{ann.Name}=CAN_MANAGE", $"sp:{robot.Name}=CAN_EDIT");

        const string Root = "group:admins=CAN_MANAGE from /registered-models/; ";
        Assert.Equal($"{Root}group:{data}=CAN_EDIT; user:{ann.Name}=CAN_MANAGE; user:{bob.Name}=CAN_MANAGE_STAGING_VERSIONS; sp:{robot.Name}=CAN_READ", patched.Grants());
        Assert.Equal($"{Root}user:{ann.Name}=CAN_MANAGE; sp:{robot.Name}=CAN_EDIT", put.Grants());
        Assert.Equal(put.Body, (await ann.PermissionsAsync(target)).Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"access_control_list": []}""")]
    public async Task An_empty_PUT_takes_all_direct_grants_away_and_an_empty_PATCH_none(string nothing)
    {
        var ann = await UserAsync("ann");
        var target = await ann.ExperimentAsync($"{_own}-e");
        var granted = await ann.PatchAsync(target, "group:users=CAN_READ");

        var patched = await ann.SendAsync(HttpMethod.Patch, PermissionCalls.Path + target, nothing);
        var put = await ann.SendAsync(HttpMethod.Put, PermissionCalls.Path + target, nothing);

        Assert.Equal("CAN_READ", granted.GrantsOf("group:users"));
        Assert.Equal(granted.Body, patched.Body);
        Assert.Equal("", put.GrantsOf("group:users"));
    }

    [Fact]
    public async Task NO_PERMISSIONS_takes_one_direct_grant_away()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ExperimentAsync($"{_own}-e");
        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_EDIT", "group:users=CAN_READ");

        var left = await ann.PatchAsync(target, $"user:{bob.Name}=NO_PERMISSIONS");

        Assert.Equal(("", "CAN_READ"), (left.GrantsOf($"user:{bob.Name}"), left.GrantsOf("group:users")));
    }

    [Fact]
    public async Task Of_a_principal_that_is_listed_twice_the_highest_level_counts_also_when_its_case_differs()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ExperimentAsync($"{_own}-e");

        var granted = await ann.PatchAsync(target, $"user:{bob.Name}=CAN_READ", $"user:{bob.Name.ToUpperInvariant()}=CAN_EDIT", $"user:{bob.Name}=NO_PERMISSIONS");

        Assert.Equal("CAN_EDIT", granted.GrantsOf($"user:{bob.Name}"));
    }

    [Theory]
    [InlineData("""[{"user_name": "root", "group_name": "users", "permission_level": "CAN_READ"}]""", "'access_control_list[0]' names user_name and group_name: exactly one of them may be set.")]
    [InlineData("""[{"user_name": "root", "permission_level": "CAN_READ"}, {"permission_level": "CAN_READ"}]""", "'access_control_list[1]' names nobody: set one of user_name, group_name, service_principal_name.")]
    [InlineData("""[{"user_name": "", "permission_level": "CAN_READ"}]""", "names nobody")]
    [InlineData("""[{"user_name": "root"}]""", "Missing value for required parameter 'access_control_list[0].permission_level'")]
    [InlineData("""[{"user_name": "root", "permission_level": "READ"}]""", "Invalid value \"READ\" for parameter 'access_control_list[0].permission_level' supplied: the levels of experiment 0 are CAN_READ, CAN_EDIT, CAN_MANAGE.")]
    [InlineData("""[{"user_name": "root", "permission_level": "CAN_MANAGE_STAGING_VERSIONS"}]""", "the levels of experiment 0 are")]
    [InlineData("""[{"user_name": "root", "permission_level": "CAN_RUN"}]""", "the levels of experiment 0 are")]
    [InlineData("""[{"user_name": 7, "permission_level": "CAN_READ"}]""", "'access_control_list[0].user_name' supplied: it must be a string")]
    [InlineData("""{"user_name": "root"}""", "'access_control_list' supplied: it must be a list")]
    [InlineData("[null]", "access_control_list")]
    public async Task A_malformed_grant_is_refused_by_what_is_wrong_with_it(string list, string says)
    {
        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Patch })
        {
            var answer = await _server.SendAsync(method, PermissionCalls.Path + "experiments/0", $$"""{"access_control_list": {{list}} }""");
            Assert.Contains(says, answer.Refused("INVALID_PARAMETER_VALUE"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task More_than_a_thousand_grants_are_refused()
    {
        var many = Enumerable.Repeat("group:users=CAN_READ", 1001).ToArray();
        Assert.Contains("'access_control_list' has 1001 items and may have at most 1000", (await _server.Admin.PatchAsync("experiments/0", many)).Refused("INVALID_PARAMETER_VALUE"), StringComparison.Ordinal);
        Assert.Equal("CAN_READ", (await _server.Admin.PatchAsync(await _server.Admin.ExperimentAsync($"{_own}-e"), many[1..])).GrantsOf("group:users"));
    }

    [Theory]
    [InlineData("clusters/7", "There are no permissions on 'clusters/7'. There are on experiments/ID,")]
    [InlineData("authorization/sso", "There are no permissions on 'authorization/sso'.")]
    [InlineData("experiments/a%20b", "an id must start with a letter or digit")]
    [InlineData("registered-models/pcb", "the id of a registered model must be 32 hex digits, not a name;")]
    [InlineData("directories/Shared", "the id of a directory must be a number, 0 for the root;")]
    public async Task What_has_no_permissions_is_refused_with_what_has(string target, string says)
    {
        foreach (var call in new[] { _server.Admin.PermissionsAsync(target), _server.Admin.PermissionsAsync($"{target}/permissionLevels"), _server.Admin.PermissionsAsync($"{target}/explain"), _server.Admin.PatchAsync(target) })
        {
            Assert.Contains(says, (await call).Refused("INVALID_PARAMETER_VALUE"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("experiments/nowhere", "No Experiment with id=nowhere exists")]
    [InlineData("registered-models/00000000000000000000000000000000", "Registered Model with id=00000000000000000000000000000000 not found")]
    [InlineData("directories/987654321", "Directory with id=987654321 not found")]
    [InlineData("directories/00", "Directory with id=00 not found")]
    public async Task What_is_not_there_is_told_so_to_everybody_alike(string target, string says)
    {
        var ann = await UserAsync("ann");
        foreach (var who in new[] { ann, _server.Admin })
        {
            foreach (var call in new[] { who.PermissionsAsync(target), who.PermissionsAsync($"{target}/permissionLevels"), who.PermissionsAsync($"{target}/explain"), who.PatchAsync(target), who.PutAsync(target) })
            {
                Assert.Equal(says, (await call).Refused("RESOURCE_DOES_NOT_EXIST"));
            }
        }
    }

    [Theory]
    [InlineData("user:nobody", "user 'nobody'")]
    [InlineData("group:nobody", "group 'nobody'")]
    [InlineData("sp:038455d4-0000-4544-b6cf-64d55b91fee1", "service principal '038455d4-0000-4544-b6cf-64d55b91fee1'")]
    [InlineData("group:root", "group 'root'")]
    public async Task Nothing_is_granted_to_somebody_who_is_not_there(string principal, string says)
    {
        var target = await _server.Admin.ExperimentAsync($"{_own}-e");
        var before = await _server.Admin.PermissionsAsync(target);

        var refused = await _server.Admin.PatchAsync(target, "group:users=CAN_READ", $"{principal}=CAN_READ");

        Assert.Contains(says, refused.Refused("RESOURCE_DOES_NOT_EXIST"), StringComparison.Ordinal);
        Assert.Equal(before.Body, (await _server.Admin.PermissionsAsync(target)).Body);
    }

    [Theory]
    [InlineData("experiments", "CAN_READ")]
    [InlineData("experiments", "CAN_EDIT")]
    [InlineData("registered-models", "CAN_READ")]
    [InlineData("registered-models", "CAN_EDIT")]
    [InlineData("registered-models", "CAN_MANAGE_STAGING_VERSIONS")]
    [InlineData("registered-models", "CAN_MANAGE_PRODUCTION_VERSIONS")]
    [InlineData("directories", "CAN_READ")]
    [InlineData("directories", "CAN_RUN")]
    [InlineData("directories", "CAN_EDIT")]
    public async Task Whoever_may_read_sees_the_grants_and_only_who_manages_changes_them(string type, string level)
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await NewAsync(type, ann);
        var granted = await ann.PatchAsync(target, $"user:{bob.Name}={level}");

        Assert.Equal(granted.Body, (await bob.PermissionsAsync(target)).Body);
        Assert.Equal(HttpStatusCode.OK, (await bob.PermissionsAsync($"{target}/permissionLevels")).Status);
        foreach (var call in new[] { bob.PatchAsync(target, $"user:{bob.Name}=CAN_MANAGE"), bob.PutAsync(target, $"user:{bob.Name}=CAN_MANAGE"), bob.PutAsync(target) })
        {
            Assert.Contains($"{bob.Name} does not have permission CAN_MANAGE on", (await call).Refused("PERMISSION_DENIED"), StringComparison.Ordinal);
        }

        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_MANAGE");
        Assert.Equal("CAN_READ", (await bob.PatchAsync(target, "group:users=CAN_READ")).GrantsOf("group:users"));
        Assert.Equal(HttpStatusCode.OK, (await bob.PutAsync(target, $"user:{bob.Name}=CAN_MANAGE")).Status);
    }

    [Fact]
    public async Task To_somebody_who_may_not_read_it_an_object_is_not_there_but_an_experiment_is_denied()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var (experiment, model, folder) = (await NewAsync("experiments", ann), await NewAsync("registered-models", ann), await NewAsync("directories", ann));
        foreach (var path in new[] { "", "/permissionLevels", "/explain" })
        {
            Assert.Equal(
                $"User {bob.Name} does not have permission to 'View' experiment with id {experiment.Split('/')[1]}", (await bob.PermissionsAsync(experiment + path)).Refused("PERMISSION_DENIED"));
            Assert.Equal($"Registered Model with id={model.Split('/')[1]} not found", (await bob.PermissionsAsync(model + path)).Refused("RESOURCE_DOES_NOT_EXIST"));
            Assert.Equal($"Directory with id={folder.Split('/')[1]} not found", (await bob.PermissionsAsync(folder + path)).Refused("RESOURCE_DOES_NOT_EXIST"));
        }

        Assert.Equal($"Registered Model with id={model.Split('/')[1]} not found", (await bob.PatchAsync(model, $"user:{bob.Name}=CAN_MANAGE")).Refused("RESOURCE_DOES_NOT_EXIST"));
    }

    [Theory]
    [InlineData("registered-models/root", "the registry root (registered-models/root)")]
    [InlineData("authorization/tokens", "authorization/tokens")]
    [InlineData("authorization/passwords", "authorization/passwords")]
    public async Task What_is_always_there_is_denied_to_those_who_may_not_read_it(string target, string named)
    {
        var ann = await UserAsync("ann");
        Assert.Contains($"{ann.Name} does not have permission CAN_READ on {named}", (await ann.PermissionsAsync(target)).Refused("PERMISSION_DENIED"), StringComparison.Ordinal);
        Assert.Contains($"{ann.Name} does not have permission CAN_MANAGE on {named}", (await ann.PatchAsync(target, $"user:{ann.Name}=CAN_MANAGE")).Refused("PERMISSION_DENIED"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _server.Admin.PermissionsAsync(target)).Status);
    }

    [Theory]
    [InlineData("registered-models/root", "group:users=CAN_CREATE_REGISTERED_MODEL", "Cannot change permissions for group 'admins' to None.")]
    [InlineData("registered-models/root", "group:admins=CAN_EDIT", "Cannot change permissions for group 'admins' to CAN_EDIT.")]
    [InlineData("directories/0", "group:users=CAN_READ", "Cannot remove admins's CAN_MANAGE permission on 0")]
    public async Task Administrators_keep_both_roots(string root, string grant, string says)
    {
        var before = await _server.Admin.PermissionsAsync(root);
        Assert.Equal(says, (await _server.Admin.PutAsync(root, grant)).Refused("INVALID_PARAMETER_VALUE"));
        Assert.Equal(before.Body, (await _server.Admin.PermissionsAsync(root)).Body);
    }

    [Fact]
    public async Task Nobody_takes_the_management_away_from_himself_but_others_may()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ModelAsync($"{_own}-m");
        foreach (var call in new[] { ann.PutAsync(target), ann.PutAsync(target, $"user:{ann.Name}=CAN_EDIT"), ann.PatchAsync(target, $"user:{ann.Name}=CAN_READ"), ann.PatchAsync(target, $"user:{ann.Name}=NO_PERMISSIONS") })
        {
            Assert.Contains($"{ann.Name} would no longer have CAN_MANAGE on", (await call).Refused("INVALID_PARAMETER_VALUE"), StringComparison.Ordinal);
        }

        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_MANAGE");
        Assert.Equal("", (await bob.PutAsync(target, $"user:{bob.Name}=CAN_MANAGE")).GrantsOf($"user:{ann.Name}"));
        Assert.Equal("RESOURCE_DOES_NOT_EXIST", (await ann.PermissionsAsync(target)).ErrorCode);
    }

    [Fact]
    public async Task Groups_pass_on_what_they_have_through_groups_in_them()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var inner = await _server.GroupAsync($"{_own}-inner", bob.Id);
        await _server.GroupAsync($"{_own}-outer", inner);
        var target = await ann.ExperimentAsync($"{_own}-e");

        await ann.PatchAsync(target, $"group:{_own}-outer=CAN_MANAGE");

        Assert.Equal("CAN_READ", (await bob.PatchAsync(target, "group:users=CAN_READ")).GrantsOf("group:users"));
        Assert.Equal("INVALID_PARAMETER_VALUE", (await bob.PutAsync(target)).ErrorCode);
    }

    [Fact]
    public async Task Folders_pass_grants_down_and_CAN_RUN_is_CAN_EDIT_of_what_lies_in_them()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var upper = await ann.DirectoryAsync($"/Users/{ann.Name}/a");
        var lower = await ann.DirectoryAsync($"/Users/{ann.Name}/a/b");
        var target = await ann.ExperimentAsync($"/Users/{ann.Name}/a/b/e");
        await ann.PatchAsync(upper, $"user:{bob.Name}=CAN_RUN", "group:users=CAN_READ");
        await ann.PatchAsync(lower, "group:users=CAN_READ");
        await ann.PatchAsync(target, $"user:{bob.Name}=CAN_READ");

        var granted = await bob.PermissionsAsync(target);

        Assert.Equal($"CAN_READ,CAN_EDIT from /{upper}", granted.GrantsOf($"user:{bob.Name}"));
        Assert.Equal($"CAN_READ from /{lower} /{upper}", granted.GrantsOf("group:users"));
        Assert.Equal($"CAN_RUN from /{upper}", (await bob.PermissionsAsync(lower)).GrantsOf($"user:{bob.Name}"));
    }

    [Theory]
    [InlineData("experiments", "CAN_READ CAN_EDIT CAN_MANAGE")]
    [InlineData("registered-models", "CAN_READ CAN_EDIT CAN_MANAGE_STAGING_VERSIONS CAN_MANAGE_PRODUCTION_VERSIONS CAN_MANAGE")]
    [InlineData("registered-models/root", "CAN_CREATE_REGISTERED_MODEL CAN_READ CAN_EDIT CAN_MANAGE_STAGING_VERSIONS CAN_MANAGE_PRODUCTION_VERSIONS CAN_MANAGE")]
    [InlineData("directories", "CAN_READ CAN_RUN CAN_EDIT CAN_MANAGE")]
    [InlineData("authorization/tokens", "CAN_USE CAN_MANAGE")]
    [InlineData("authorization/passwords", "CAN_USE CAN_MANAGE")]
    public async Task Each_type_tells_its_levels_lowest_first_and_every_one_of_them_can_be_granted(string type, string levels)
    {
        var bob = await UserAsync("bob");
        var target = type.Contains('/', StringComparison.Ordinal) ? type : await NewAsync(type, _server.Admin);

        var told = (await _server.Admin.PermissionsAsync($"{target}/permissionLevels")).Json.GetProperty("permission_levels").EnumerateArray().ToList();

        Assert.Equal(levels.Split(' '), told.Select(level => level.GetProperty("permission_level").GetString()!));
        Assert.All(told, level => Assert.NotEmpty(level.GetProperty("description").GetString()!));
        foreach (var level in levels.Split(' '))
        {
            Assert.Equal(level, (await _server.Admin.PatchAsync(target, $"user:{bob.Name}={level}")).GrantsOf($"user:{bob.Name}"));
        }

        Assert.Equal("", (await _server.Admin.PatchAsync(target, $"user:{bob.Name}=NO_PERMISSIONS")).GrantsOf($"user:{bob.Name}"));
    }

    [Fact]
    public async Task The_order_of_the_answer_does_not_depend_on_the_order_of_the_grants()
    {
        var ann = await UserAsync("ann");
        var (cid, dora) = (await UserAsync("cid"), await UserAsync("dora"));
        var grants = new[] { $"user:{dora.Name}=CAN_READ", "group:users=CAN_READ", $"user:{cid.Name}=CAN_EDIT" };
        var (one, other) = (await ann.ExperimentAsync($"{_own}-1"), await ann.ExperimentAsync($"{_own}-2"));
        foreach (var grant in grants)
        {
            await ann.PatchAsync(one, grant);
        }

        await ann.PutAsync(other, [.. grants.Reverse()]);

        Assert.Equal((await ann.PermissionsAsync(one)).Grants(), (await ann.PermissionsAsync(other)).Grants());
    }

    [Fact]
    public async Task A_grant_counts_and_is_gone_from_the_next_request_on()
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ExperimentAsync($"{_own}-e");
        var get = $"experiments/get?experiment_id={target.Split('/')[1]}";
        for (var i = 0; i < 3; i++)
        {
            await ann.PatchAsync(target, $"user:{bob.Name}=CAN_READ");
            Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(get)).Status);
            await ann.PatchAsync(target, $"user:{bob.Name}=NO_PERMISSIONS");
            Assert.Equal(HttpStatusCode.Forbidden, (await bob.GetAsync(get)).Status);
        }
    }

    [Theory]
    [InlineData("CAN_READ")]
    [InlineData("CAN_MANAGE_STAGING_VERSIONS")]
    public async Task A_models_id_and_the_callers_level_are_told_by_Databricks_call(string level)
    {
        var (ann, bob) = (await UserAsync("ann"), await UserAsync("bob"));
        var target = await ann.ModelAsync($"{_own}-m");
        var hidden = await bob.GetAsync($"databricks/registered-models/get?name={_own}-m");
        await ann.PatchAsync(target, $"user:{bob.Name}={level}");

        var model = (await bob.GetAsync($"databricks/registered-models/get?name={_own}-m")).Json.GetProperty("registered_model_databricks");
        var plain = (await bob.GetAsync($"registered-models/get?name={_own}-m")).Json.GetProperty("registered_model");

        Assert.Equal($"Registered Model with name={_own}-m not found", hidden.Refused("RESOURCE_DOES_NOT_EXIST"));
        Assert.Equal(["name", "creation_timestamp", "last_updated_timestamp", "user_id", "id", "permission_level"], model.EnumerateObject().Select(member => member.Name));
        Assert.Equal((target.Split('/')[1], level), (model.GetProperty("id").GetString(), model.GetProperty("permission_level").GetString()));
        Assert.False(plain.TryGetProperty("id", out _) || plain.TryGetProperty("permission_level", out _));
        Assert.Equal(
            "CAN_MANAGE", (await _server.GetAsync($"databricks/registered-models/get?name={_own}-m")).Json.GetProperty("registered_model_databricks").GetProperty("permission_level").GetString());
    }

    private Task<Person> UserAsync(string name) => _server.UserAsync($"{name}-{_own}");

    private async Task<string> GroupAsync(string name)
    {
        await _server.GroupAsync($"{name}-{_own}");
        return $"{name}-{_own}";
    }

    private Task<string> NewAsync(string type, Api who) => type switch
    {
        "experiments" => who.ExperimentAsync($"{_own}-new"),
        "registered-models" => who.ModelAsync($"{_own}-new"),
        _ => who.DirectoryAsync(who is Person person ? $"/Users/{person.Name}/new" : $"/Shared/{_own}"),
    };
}

public sealed class PermissionTestsOnSqlite(SignedInServer shared) : PermissionTests(shared), IClassFixture<SignedInServer>;

public sealed class PermissionTestsOnPostgres(SignedInPostgresServer shared) : PermissionTests(shared), IClassFixture<SignedInPostgresServer>;
