using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

public abstract class WorkspaceTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;
    private readonly string _own = Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task A_directory_is_made_with_those_above_it_found_by_its_path_and_can_be_made_again()
    {
        var ann = await _server.UserAsync($"ann-{_own}");
        var path = $"/Shared/{_own}/a/b";

        var made = await ann.DirectoryAsync(path);

        Assert.Equal(made, await ann.DirectoryAsync(path + "/"));
        var found = (await ann.StatusAsync(path)).Json;
        Assert.Equal(("DIRECTORY", path, made), (found.GetProperty("object_type").GetString(), found.GetProperty("path").GetString(), $"directories/{found.GetProperty("resource_id").GetString()}"));
        Assert.Equal([$"DIRECTORY {path}"], Listed(await ann.ListAsync($"/Shared/{_own}/a")));
        Assert.Equal("""{"object_type":"DIRECTORY","path":"/","object_id":0,"resource_id":"0"}""", (await ann.StatusAsync("/")).Body);
    }

    [Fact]
    public async Task A_list_shows_directories_to_anybody_and_experiments_to_those_who_may_read_them()
    {
        var (ann, bob) = (await _server.UserAsync($"ann-{_own}"), await _server.UserAsync($"bob-{_own}"));
        var home = $"/Users/{ann.Name}";
        await ann.DirectoryAsync($"{home}/z");
        await ann.ExperimentAsync($"{home}/hidden");
        var shown = await ann.ExperimentAsync($"plain-{_own}");
        await ann.PatchAsync(shown, $"user:{bob.Name}=CAN_READ");

        Assert.Equal([$"DIRECTORY {home}/z", $"MLFLOW_EXPERIMENT {home}/hidden", $"MLFLOW_EXPERIMENT {home}/plain-{_own}"], Listed(await ann.ListAsync(home)));
        Assert.Equal([$"DIRECTORY {home}/z", $"MLFLOW_EXPERIMENT {home}/plain-{_own}"], Listed(await bob.ListAsync(home)));
        Assert.Equal(3, Listed(await _server.Admin.ListAsync(home)).Count);
        Assert.Equal(shown, $"experiments/{(await bob.StatusAsync($"{home}/plain-{_own}")).Json.GetProperty("object_id").GetInt64()}");
        Assert.Equal($"Path ({home}/hidden) doesn't exist.", (await bob.StatusAsync($"{home}/hidden")).Refused("RESOURCE_DOES_NOT_EXIST"));
    }

    [Fact]
    public async Task A_deleted_experiment_is_in_no_list()
    {
        var ann = await _server.UserAsync($"ann-{_own}");
        var path = $"/Users/{ann.Name}/e";
        var experiment = await ann.ExperimentAsync(path);
        await ann.PostAsync("experiments/delete", $$"""{"experiment_id": "{{experiment.Split('/')[1]}}"}""");

        Assert.Empty(Listed(await ann.ListAsync($"/Users/{ann.Name}")));
        Assert.Equal(HttpStatusCode.NotFound, (await ann.StatusAsync(path)).Status);
    }

    [Theory]
    [InlineData("/Users/OTHER/mine")]
    [InlineData("/mine")]
    [InlineData("/Users/mine")]
    public async Task A_directory_is_made_only_by_who_manages_the_one_above(string path)
    {
        var (ann, bob) = (await _server.UserAsync($"ann-{_own}"), await _server.UserAsync($"bob-{_own}"));
        var wanted = path.Replace("OTHER", bob.Name, StringComparison.Ordinal).Replace("mine", _own, StringComparison.Ordinal);
        var body = JsonSerializer.Serialize(new { path = wanted });

        Assert.Contains($"the folder '{wanted}'", (await ann.SendAsync(HttpMethod.Post, "/api/2.0/workspace/mkdirs", body)).Refused("PERMISSION_DENIED"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.StatusAsync(wanted)).Status);

        await _server.Admin.PatchAsync($"directories/{(await bob.StatusAsync($"/Users/{bob.Name}")).Json.GetProperty("object_id").GetInt64()}", $"user:{ann.Name}=CAN_EDIT");
        Assert.Equal("PERMISSION_DENIED", (await ann.SendAsync(HttpMethod.Post, "/api/2.0/workspace/mkdirs", body)).ErrorCode);
    }

    [Fact]
    public async Task Who_makes_a_directory_manages_it()
    {
        var (ann, bob) = (await _server.UserAsync($"ann-{_own}"), await _server.UserAsync($"bob-{_own}"));
        var made = await ann.DirectoryAsync($"/Shared/{_own}");

        Assert.Equal("CAN_MANAGE", (await ann.PermissionsAsync(made)).GrantsOf($"user:{ann.Name}"));
        Assert.Matches("^CAN_MANAGE from /directories/[0-9]+$", (await bob.PermissionsAsync(made)).GrantsOf("group:users"));
    }

    [Theory]
    [InlineData("", "Missing value for required parameter 'path'")]
    [InlineData("Shared", "a path starts with '/'")]
    [InlineData("/Shared//a", "no empty part")]
    [InlineData("/Shared/../Users", "'.' or '..'")]
    [InlineData("/Shared/./a", "'.' or '..'")]
    public async Task What_is_no_path_is_refused(string path, string says)
    {
        foreach (var call in new[] { _server.Admin.StatusAsync(path), _server.Admin.ListAsync(path), _server.Admin.SendAsync(HttpMethod.Post, "/api/2.0/workspace/mkdirs", JsonSerializer.Serialize(new { path })) })
        {
            Assert.Contains(says, (await call).Refused("INVALID_PARAMETER_VALUE"), StringComparison.Ordinal);
        }
    }

    private static List<string> Listed(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return answer.Json.TryGetProperty("objects", out var objects)
            ? [.. objects.EnumerateArray().Select(entry => $"{entry.GetProperty("object_type").GetString()} {entry.GetProperty("path").GetString()}")]
            : [];
    }
}

public sealed class WorkspaceTestsOnSqlite(SignedInServer shared) : WorkspaceTests(shared), IClassFixture<SignedInServer>;

public sealed class WorkspaceTestsOnPostgres(SignedInPostgresServer shared) : WorkspaceTests(shared), IClassFixture<SignedInPostgresServer>;
