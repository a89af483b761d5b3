using System.Text.Json;

namespace Dossier.Cli.Tests;

/// <summary>Each test makes experiments of its own on the demo's server, signed in as the one who made its record.</summary>
public sealed class PermissionsTests(DemoServer server)
{
    private const string Andre = "andre@mycompany.com";
    private const string Robot = "038455d4-e5ec-4544-b6cf-64d55b91fee1";

    [Fact]
    public async Task The_grants_on_a_model_are_a_table_of_who_how_much_and_where_from()
    {
        var table = (await server.RunAsync("permissions", "get", $"models:/{DemoServer.Model}")).Good().Output;

        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^Permissions on registered-models/[0-9a-f]{32}$", lines[0]);
        Assert.Matches("^PRINCIPAL +DISPLAY NAME +PERMISSION LEVEL +FROM$", lines[1]);
        Assert.Matches("^group:admins +CAN_MANAGE +/registered-models/$", lines[2]);
        Assert.Matches("^group:users +CAN_MANAGE +/registered-models/$", lines[3]);
        Assert.Matches($"^user:{Andre} +Andre +CAN_MANAGE +direct$", lines[4]);
        Assert.Matches($"^sp:{Robot} +service-principal-e2-demo-west-ws-do-not-delete +CAN_MANAGE +/registered-models/$", lines[5]);
        Assert.Equal(6, lines.Length);
    }

    [Theory]
    [InlineData($"experiment:{DemoServer.Experiment}", "/experiments/")]
    [InlineData("experiments/0", "/experiments/0")]
    [InlineData($"directory:/Users/{Andre}", "/directories/")]
    [InlineData("directory:/", "/directories/")]
    [InlineData("registered-models/root", "/registered-models/")]
    public async Task Objects_are_named_by_name_path_or_id_and_json_is_the_APIs_own(string target, string objectId)
    {
        var ended = await server.RunAsync("permissions", "get", target, "--format", "json");
        if (target == "experiments/0")
        {
            // Not his to read.
            Assert.Contains($"User {Andre} does not have permission to 'View' experiment with id 0", ended.Failed(1).Errors, StringComparison.Ordinal);
            return;
        }

        if (target == "directory:/")
        {
            Assert.Contains("Directory with id=0 not found", ended.Failed(1).Errors, StringComparison.Ordinal);
            return;
        }

        using var json = JsonDocument.Parse(ended.Good().Output);
        Assert.StartsWith(objectId, json.RootElement.GetProperty("object_id").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(0, json.RootElement.GetProperty("access_control_list").GetArrayLength());
    }

    [Fact]
    public async Task Grants_are_made_replaced_and_taken_away_and_each_time_all_are_shown()
    {
        const string Target = $"directory:/Users/{Andre}/experiments";

        var granted = (await server.RunAsync("permissions", "grant", Target, "users=read", $"{Robot}=can-edit")).Good().Output;
        var set = (await server.RunAsync("permissions", "set", Target, "group:users=CAN_RUN")).Good().Output;
        var revoked = (await server.RunAsync("permissions", "revoke", Target, "users")).Good().Output;

        Assert.Matches("(?m)^group:users +CAN_READ +direct$", granted);
        Assert.Matches($"(?m)^sp:{Robot} +.* +CAN_EDIT +direct$", granted);
        Assert.Matches("(?m)^group:users +CAN_RUN +direct$", set);
        Assert.DoesNotMatch($"(?m)^sp:{Robot} .*direct$", set);
        Assert.DoesNotContain("direct\n", revoked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_with_what_is_missing()
    {
        var refused = (await server.RunAsync("permissions", "grant", "registered-models/root", $"{Andre}=CAN_EDIT", "user:nobody=CAN_READ")).Failed(1);
        Assert.Contains("There is no user 'nobody'.", refused.Errors, StringComparison.Ordinal);

        var denied = (await server.RunAsync("permissions", "grant", "authorization/tokens", $"{Andre}=CAN_MANAGE")).Failed(1);
        Assert.Contains($"{Andre} does not have permission CAN_MANAGE on authorization/tokens", denied.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_says_by_which_grant_on_which_directory_it_is_so_and_the_exit_code_says_yes()
    {
        var yes = (await server.RunAsync("permissions", "explain", $"experiment:{DemoServer.Experiment}", "--level", "edit")).Good().Output;

        Assert.Matches($"^yes: user:{Andre} has CAN_MANAGE on experiment:{DemoServer.Experiment}, and CAN_EDIT was asked for.\n", yes);
        Assert.Matches($@"  CAN_MANAGE, because {Andre} was granted it on /Users/{Andre} by dossier on \d{{4}}-\d\d-\d\d \d\d:\d\d; experiment:{DemoServer.Experiment} inherits it from /directories/[0-9]+.\n", yes);
    }

    [Fact]
    public async Task An_explanation_says_what_is_missing_how_to_grant_it_and_who_can_and_the_exit_code_says_no()
    {
        var target = $"directory:/Users/{Andre}";

        var no = (await server.RunAsync("permissions", "explain", target, "--user", "admin2", "--level", "CAN_EDIT")).Failed(1);
        var missing = (await server.RunAsync("permissions", "explain", "registered-models/root", "--level", "CAN_FLY")).Failed(1);
        var nothing = (await server.RunAsync("permissions", "explain", $"models:/{DemoServer.Model}", "--user", $"sp:{Robot}")).Good().Output;

        Assert.Contains("There is no user 'admin2'.", no.Errors, StringComparison.Ordinal);
        Assert.Contains("CAN_CREATE_REGISTERED_MODEL, CAN_READ,", missing.Errors, StringComparison.Ordinal);
        Assert.Matches($"^sp:{Robot} has CAN_MANAGE on models:/{DemoServer.Model}.\n  CAN_MANAGE, because {Robot} was granted it on registry root by admin on ", nothing);
        Assert.Contains($"  CAN_MANAGE, because group users ({Robot} → users) was granted it on registry root", nothing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_shows_the_permissions_on_request()
    {
        var with = (await server.RunAsync("report", $"models:/{DemoServer.Model}/1", "--get-permissions")).Good().Output;
        var without = (await server.RunAsync("report", $"models:/{DemoServer.Model}/1")).Good().Output;

        Assert.Equal(2, with.Split("\"access_control_list\"").Length - 1);
        Assert.DoesNotContain("access_control_list", without, StringComparison.Ordinal);
    }
}
