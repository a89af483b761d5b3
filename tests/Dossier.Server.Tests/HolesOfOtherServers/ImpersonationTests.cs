using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Access;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: the record says of a thing what its maker claims, not what is so.</summary>
public sealed class ImpersonationTests(SignedInServer shared) : IClassFixture<SignedInServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task A_run_names_who_started_it_and_nobody_else()
    {
        var ann = await _server.UserAsync("ann-runs");
        var experiment = (await ann.ExperimentAsync("impersonation")).Split('/')[1];
        foreach (var user in new[] { "root", "", "local" })
        {
            var made = await ann.PostAsync("runs/create", JsonSerializer.Serialize(new { experiment_id = experiment, user_id = user }));
            Assert.Equal("ann-runs", made.Json.GetProperty("run").GetProperty("info").GetProperty("user_id").GetString());
        }
    }

    [Fact]
    public async Task Ids_and_times_that_importers_keep_are_not_taken_from_requests()
    {
        var ann = await _server.UserAsync("ann-times");
        var id = (await ann.ExperimentAsync("impersonated-times")).Split('/')[1];
        var run = await ann.PostAsync("runs/create", $$"""{"experiment_id": "{{id}}", "run_id": "0123456789abcdef0123456789abcdef", "run_uuid": "0123456789abcdef0123456789abcdef"}""");
        Assert.DoesNotContain("0123456789abcdef", run.Body, StringComparison.Ordinal);
        var experiment = await ann.PostAsync("experiments/create", """{"name": "forged", "experiment_id": "forged-id", "creation_time": 7}""");
        Assert.DoesNotContain("forged-id", experiment.Body, StringComparison.Ordinal);
        var model = await ann.PostAsync("registered-models/create", """{"name": "forged", "id": "0123456789abcdef0123456789abcdef", "user_id": "root", "creation_timestamp": 7}""");
        var version = await ann.PostAsync("model-versions/create", """{"name": "forged", "source": "s3://b/m", "user_id": "root", "creation_timestamp": 7, "version": "9"}""");
        foreach (var made in new[] { model.Json.GetProperty("registered_model"), version.Json.GetProperty("model_version") })
        {
            Assert.Equal("ann-times", made.GetProperty("user_id").GetString());
            Assert.NotEqual(7, made.GetProperty("creation_timestamp").GetInt64());
        }
    }

    [Fact]
    public async Task Nobody_takes_the_place_of_everybodys_webhooks()
    {
        var (ann, bob) = (await _server.UserAsync("ann-hooks"), await _server.UserAsync("bob-hooks"));
        await ann.ModelAsync("hooked-by-ann");
        await ann.ModelAsync("hooked-by-ann-too");
        await bob.ModelAsync("hooked-by-bob");
        for (var number = 0; number < 100; number++)
        {
            Assert.Equal(HttpStatusCode.OK, (await HookAsync(ann, "hooked-by-ann")).Status);
        }

        Assert.Equal("INVALID_STATE", (await HookAsync(ann, "hooked-by-ann-too")).ErrorCode);
        Assert.Equal(HttpStatusCode.OK, (await HookAsync(bob, "hooked-by-bob")).Status);
    }

    private static Task<Answer> HookAsync(Person who, string model) => who.PostAsync(
        "registry-webhooks/create",
        JsonSerializer.Serialize(new { model_name = model, events = new[] { "COMMENT_CREATED" }, status = "DISABLED", http_url_spec = new { url = "https://hooks.example.com/" } }));
}
