using System.Net;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: what a request names beside its main object, in a list after the first, or twice.</summary>
public sealed class ForeignObjectTests(Attack attack) : IClassFixture<Attack>
{
    [Theory]
    [InlineData("POST runs/log-metric", """{"run_id": "{my-run}", "key": "forged", "value": 1, "timestamp": 1, "model_id": "{logged}"}""")]
    [InlineData("POST runs/log-batch", """{"run_id": "{my-run}", "metrics": [{"key": "forged", "value": 1, "timestamp": 1, "model_id": "{my-logged}"}, {"key": "forged", "value": 1, "timestamp": 1, "model_id": "{logged}"}]}""")]
    [InlineData("POST runs/log-inputs", """{"run_id": "{my-run}", "models": [{"model_id": "{my-logged}"}, {"model_id": "{logged}"}]}""")]
    [InlineData("POST runs/outputs", """{"run_id": "{my-run}", "models": [{"model_id": "{my-logged}", "step": 1}, {"model_id": "{logged}", "step": 1}]}""")]
    [InlineData("POST logged-models", """{"experiment_id": "{my-exp}", "source_run_id": "{run}"}""")]
    [InlineData("GET metrics/get-history-bulk?run_id={my-run}&run_id={run}&metric_key=m")]
    [InlineData("GET metrics/get-history-bulk-interval?run_ids={my-run}&run_ids={run}&metric_key=m")]
    public async Task All_that_a_request_names_is_checked(string request, string? body = null)
    {
        var answer = await attack.TryAsync(request, body);
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (answer.Status, answer.ErrorCode));
        Assert.DoesNotContain("forged", await SeenByVictimAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_runs_at_once_than_are_allowed_are_refused_before_they_are_looked_for()
    {
        var ids = string.Join('&', Enumerable.Range(0, 101).Select(number => $"run_id=r{number}"));
        var answer = await attack.TryAsync($"GET metrics/get-history-bulk?{ids}&metric_key=m");
        Assert.Equal("INVALID_PARAMETER_VALUE", answer.ErrorCode);
    }

    [Theory]
    [InlineData("GET runs/get?run_id={my-run}&run_id={run}")]
    [InlineData("GET runs/get?run_id={run}&run_id={my-run}")]
    [InlineData("GET runs/get?run_id={my-run}&run_uuid={run}")]
    [InlineData("GET runs/get?run_id=&run_uuid={run}")]
    [InlineData("GET runs/get?run_uuid={run}&run_id={my-run}")]
    [InlineData("GET get-artifact?run_id={my-run}&run_id={run}&path=secret.txt")]
    [InlineData("GET /get-artifact?run_uuid={run}&path=secret.txt")]
    [InlineData("GET artifacts/list?run_id={my-run}&run_uuid={run}")]
    [InlineData("GET experiments/get?experiment_id={my-exp}&experiment_id={exp}")]
    [InlineData("GET registered-models/get?name={my-model}&name={model}")]
    [InlineData("POST registered-models/get-latest-versions?name={my-model}", """{"name": "{model}"}""")]
    [InlineData("GET registered-models/get-latest-versions?name={my-model}", """{"name": "{model}"}""")]
    [InlineData("POST registered-models/get-latest-versions", """{"name": "{my-model}", "name": "{model}"}""")]
    public async Task An_object_named_twice_is_checked_as_it_is_used(string request, string? body = null)
    {
        var answer = await attack.TryAsync(request, body);
        Assert.DoesNotContain(Attack.Secret, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(attack.Theirs.Run, answer.Status == HttpStatusCode.OK ? answer.Body : "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST runs/update", """{"run_id": "{my-run}", "run_uuid": "{run}", "run_name": "forged"}""")]
    [InlineData("POST runs/set-tag", """{"run_id": "{my-run}", "run_uuid": "{run}", "key": "forged", "value": "forged"}""")]
    [InlineData("PATCH logged-models/{my-logged}", """{"model_id": "{logged}", "status": "LOGGED_MODEL_UPLOAD_FAILED"}""")]
    [InlineData("PATCH logged-models/{my-logged}/tags", """{"model_id": "{logged}", "tags": [{"key": "forged", "value": "forged"}]}""")]
    [InlineData("POST logged-models/{my-logged}/params", """{"model_id": "{logged}", "params": [{"key": "forged", "value": "forged"}]}""")]
    [InlineData("DELETE registered-models/delete-tag?name={my-model}&key=t", """{"name": "{model}", "key": "t"}""")]
    public async Task Only_what_was_checked_is_changed(string request, string body)
    {
        var before = await SeenByVictimAsync();
        await attack.TryAsync(request, body);
        Assert.Equal(before, await SeenByVictimAsync());
    }

    [Fact]
    public async Task To_call_a_run_ones_parent_gives_nothing_of_it_and_changes_nothing_in_it()
    {
        var before = await SeenByVictimAsync();
        await attack.TryAsync("POST runs/set-tag", """{"run_id": "{my-run}", "key": "mlflow.parentRunId", "value": "{run}"}""");
        Assert.Equal(before, await SeenByVictimAsync());

        // Other tests look for the victim's run in what they are shown of this one.
        await attack.TryAsync("POST runs/delete-tag", """{"run_id": "{my-run}", "key": "mlflow.parentRunId"}""");
    }

    private async Task<string> SeenByVictimAsync()
    {
        var paths = new[] { "runs/get?run_id={run}", "logged-models/{logged}", "registered-models/get?name={model}" };
        return string.Join('\n', await Task.WhenAll(paths.Select(async path => (await attack.Victim.GetAsync(attack.Fill(path))).Body)));
    }
}
