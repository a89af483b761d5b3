using System.Text.Json;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

/// <summary>Users, groups and service principals, as the administrator of a server on the same machine manages them.</summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningProgram? _server;

    public async ValueTask InitializeAsync() => _server = await RunningProgram.StartAsync(
        "Ctrl-C stops",
        [],
        "server", "--port", "0", "--backend-store", $"sqlite:///{_folder.Combine("dossier.db")}", "--artifact-root", _folder.Combine("artifacts"));

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_user_is_created_shown_locked_out_and_deleted()
    {
        var created = (await RunAsync("users", "create", "ann@x.org", "--display-name", "Ann Example", "--email", "ann@y.org")).Good().Output;
        Assert.StartsWith("User ann@x.org\n", created, StringComparison.Ordinal);
        Assert.Matches("email +ann@y.org", created);

        Assert.Contains("locked out", (await RunAsync("users", "deactivate", "ANN@x.org")).Good().Output, StringComparison.Ordinal);
        var csv = (await RunAsync("users", "list", "--filter", "active eq false", "--format", "csv", "--columns", "user_name,display_name,active")).Good().Output;
        Assert.Equal("user_name,display_name,active\r\nann@x.org,Ann Example,false\r\n", csv);
        (await RunAsync("users", "activate", "ann@x.org")).Good();
        using var json = JsonDocument.Parse((await RunAsync("users", "get", "ann@x.org", "--format", "json")).Good().Output);
        Assert.True(json.RootElement.GetProperty("active").GetBoolean());
        Assert.Equal("ann@x.org", json.RootElement.GetProperty("userName").GetString());

        (await RunAsync("users", "delete", "ann@x.org")).Good();
        Assert.Contains("User 'ann@x.org' not found.", (await RunAsync("users", "get", "ann@x.org")).Failed(1).Errors, StringComparison.Ordinal);
        Assert.Contains("built in", (await RunAsync("users", "deactivate", "local")).Failed(1).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_is_filled_by_names_and_emptied_again()
    {
        (await RunAsync("users", "create", "ann@x.org")).Good();
        using var robot = JsonDocument.Parse((await RunAsync("service-principals", "create", "nightly", "--format", "json")).Good().Output);
        var application = robot.RootElement.GetProperty("applicationId").GetString()!;
        (await RunAsync("groups", "create", "vision")).Good();
        (await RunAsync("groups", "create", "inspectors")).Good();
        (await RunAsync("groups", "add", "inspectors", "ann@x.org", "group:vision", application)).Good();

        var shown = (await RunAsync("groups", "get", "inspectors")).Good().Output;
        Assert.Matches(@"Members \(3\)", shown);
        Assert.Matches("Users +ann@x.org", shown);
        Assert.Matches("ServicePrincipals +nightly", shown);
        Assert.Matches("ann@x.org .* inspectors", (await RunAsync("users", "list")).Good().Output);
        Assert.Contains("inspectors", (await RunAsync("service-principals", "get", application)).Good().Output, StringComparison.Ordinal);
        Assert.Contains("nightly", (await RunAsync("service-principals", "list")).Good().Output, StringComparison.Ordinal);

        (await RunAsync("groups", "remove", "inspectors", "user:ann@x.org", "group:vision", $"sp:{application}")).Good();
        Assert.DoesNotContain("Members", (await RunAsync("groups", "get", "inspectors")).Good().Output, StringComparison.Ordinal);
        Assert.Contains("use user:vision or group:vision", (await RunAsync("groups", "add", "inspectors", "vision")).Failed(2).Errors, StringComparison.Ordinal);
        Assert.Contains("built in", (await RunAsync("groups", "delete", "admins")).Failed(1).Errors, StringComparison.Ordinal);
        (await RunAsync("groups", "delete", "inspectors")).Good();
        (await RunAsync("service-principals", "delete", application)).Good();
        Assert.Equal("display_name\r\nadmins\r\nusers\r\nvision\r\n", (await RunAsync("groups", "list", "--format", "csv", "--columns", "display_name")).Good().Output);
    }

    private Task<Ended> RunAsync(params string[] arguments) => Cli.RunAsync([("MLFLOW_TRACKING_URI", _server!.Url)], arguments);
}
