using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

public abstract class BadInputTests(SharedServer shared)
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData(" ", "BAD_REQUEST", "not valid JSON")]
    [InlineData("{\"name\": ", "BAD_REQUEST", "line 1")]
    [InlineData("{\"name\": \"x\"} trailing", "BAD_REQUEST", "line 1")]
    [InlineData("{\"name\": \"x\",}", "BAD_REQUEST", "line 1")]
    [InlineData("{'name': 'x'}", "BAD_REQUEST", "line 1")]
    [InlineData("name=x", "BAD_REQUEST", "line 1")]
    [InlineData("[]", "INVALID_PARAMETER_VALUE", "body")]
    [InlineData("null", "INVALID_PARAMETER_VALUE", "body")]
    [InlineData("\"text\"", "INVALID_PARAMETER_VALUE", "body")]
    [InlineData("{\"name\": 7}", "INVALID_PARAMETER_VALUE", "Invalid value \"7\" for parameter 'name' supplied: it must be a string")]
    [InlineData("{\"name\": \"x\", \"tags\": {}}", "INVALID_PARAMETER_VALUE", "'tags' supplied: it must be a list")]
    [InlineData("{\"name\": \"x\", \"tags\": [null]}", "INVALID_PARAMETER_VALUE", "'tags'")]
    [InlineData("{\"name\": \"x\", \"tags\": [7]}", "INVALID_PARAMETER_VALUE", "'tags[0]' supplied: it must be a JSON object")]
    [InlineData("{\"name\": \"x\", \"tags\": [{\"key\": \"k\", \"value\": {}}]}", "INVALID_PARAMETER_VALUE", "'tags[0].value' supplied: it must be a string")]
    [InlineData("{\"name\": \"\\ud800\"}", "INVALID_PARAMETER_VALUE", "'name'")]
    [InlineData("", "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'name'")]
    [InlineData("{\"name\": null}", "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'name'")]
    public async Task A_malformed_body_is_refused_by_what_is_wrong_with_it(string body, string code, string says)
    {
        var answer = await _server.PostAsync("experiments/create", body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.ErrorCode));
        Assert.Contains(says, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "k", "value": "high", "timestamp": 1}""", "'value' supplied: it must be a number")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "k", "value": 1, "timestamp": "soon"}""", "'timestamp' supplied: it must be an integer")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "k", "value": 1, "timestamp": 1.5}""", "'timestamp' supplied: it must be an integer")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "k", "value": 1, "timestamp": 1, "step": 9223372036854775808}""", "'step' supplied: it must be an integer")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "k", "timestamp": 1}""", "'value'")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "k", "value": 1}""", "'timestamp'")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "", "value": 1, "timestamp": 1}""", "'key'")]
    [InlineData("runs/log-metric", """{"run_id": "RUN", "key": "a/../b", "value": 1, "timestamp": 1}""", "'key'")]
    [InlineData("runs/log-metric", """{"key": "k", "value": 1, "timestamp": 1}""", "'run_id'")]
    [InlineData("runs/log-parameter", """{"run_id": "RUN", "key": "LONG251", "value": "v"}""", "'key'")]
    [InlineData("runs/log-parameter", """{"run_id": "RUN", "key": "k", "value": "LONG6001"}""", "'value'")]
    [InlineData("runs/set-tag", """{"run_id": "RUN", "key": "k", "value": "LONG8001"}""", "'value'")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "metrics": [{"key": "k", "value": 1, "timestamp": 1, "step": "x"}]}""", "'metrics[0].step' supplied: it must be an integer")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "params": [{"value": "v"}]}""", "params[0].key")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "metrics": [{"key": "good", "value": 1, "timestamp": 1}, {"key": "k", "timestamp": 1}]}""", "Missing value for required parameter 'metrics[1].value'. See the API docs")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "metrics": [{"key": "k", "value": null, "timestamp": 1}]}""", "Missing value for required parameter 'metrics[0].value'. See the API docs")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "metrics": [{"key": "k", "value": 1}]}""", "Missing value for required parameter 'metrics[0].timestamp'")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "metrics": [{"value": 1, "timestamp": 1}]}""", "Missing value for required parameter 'metrics[0].key'")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "metrics": [{"key": null, "value": 1, "timestamp": 1}]}""", "Missing value for required parameter 'metrics[0].key'")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "params": [{"key": "k"}]}""", "Missing value for required parameter 'params[0].value'")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "tags": [{"key": "k", "value": null}]}""", "Missing value for required parameter 'tags[0].value'")]
    [InlineData("runs/log-batch", """{"run_id": "RUN", "tags": [{}]}""", "Missing value for required parameter 'tags[0].key'")]
    [InlineData("runs/log-inputs", """{"run_id": "RUN", "datasets": [{}]}""", "Missing value for required parameter 'datasets[0].dataset'")]
    [InlineData("runs/log-inputs", """{"run_id": "RUN", "datasets": [{"dataset": {}}]}""", "Missing value for required parameter 'datasets[0].dataset.name'")]
    [InlineData("runs/log-inputs", """{"run_id": "RUN", "models": [{}]}""", "Missing value for required parameter 'models[0].model_id'")]
    [InlineData("runs/log-inputs", """{"run_id": "RUN", "datasets": [{"dataset": {"name": "n"}}]}""", "digest")]
    [InlineData("runs/log-inputs", """{"run_id": "RUN", "datasets": [{"dataset": null}]}""", "dataset")]
    [InlineData("runs/update", """{"run_id": "RUN", "status": "DONE"}""", "'status'")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "filter": "metrics.m ="}""", "Invalid clause(s) in filter string")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "filter": "params.p LIKE 5"}""", "filter")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "order_by": ["nothing.at all"]}""", "order_by")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "max_results": 50001}""", "'max_results'")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "max_results": 0}""", "'max_results'")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "run_view_type": "SOME"}""", "'run_view_type' supplied: it must be one of ACTIVE_ONLY, DELETED_ONLY, ALL")]
    [InlineData("runs/search", """{"experiment_ids": ["0"], "page_token": "made up"}""", "page_token")]
    [InlineData("experiments/search", """{"max_results": 10, "page_token": "eyJ4Ijoxf"}""", "page_token")]
    [InlineData("experiments/create", """{"name": "LONG501"}""", "'name'")]
    [InlineData("experiments/create", """{"name": "local", "artifact_location": "/etc"}""", "'artifact_location'")]
    [InlineData("registered-models/create", """{"name": "LONG251", "description": 1}""", "'description' supplied: it must be a string")]
    [InlineData("model-versions/create", """{"name": "m"}""", "'source'")]
    [InlineData("logged-models", """{"experiment_id": "0", "name": "a/b"}""", "name")]
    [InlineData("logged-models/search", """{"experiment_ids": "0"}""", "'experiment_ids' supplied: it must be a list")]
    public async Task A_field_that_is_wrong_is_named(string path, string body, string says)
    {
        var run = await _server.CreateRunAsync();
        var answer = await _server.PostAsync(path, Fill(body, run));
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains(says, answer.Message, StringComparison.Ordinal);
        Assert.True(answer.Message.Length < 1000, "The message repeats too much of the input.");
    }

    [Theory]
    [InlineData("experiments/get?experiment_id=999", "No Experiment with id=999 exists")]
    [InlineData("experiments/get-by-name?experiment_name=nobody's", "Could not find experiment with name 'nobody's'")]
    [InlineData("runs/get?run_id=00000000000000000000000000000000", "Run with id=00000000000000000000000000000000 not found")]
    [InlineData("registered-models/get?name=none", "Registered Model with name=none not found")]
    [InlineData("model-versions/get?name=none&version=1", "Model Version (name=none, version=1) not found")]
    [InlineData("logged-models/m-00000000000000000000000000000000", "m-00000000000000000000000000000000")]
    public async Task What_does_not_exist_is_named(string path, string says)
    {
        var answer = await _server.GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (answer.Status, answer.ErrorCode));
        Assert.Contains(says, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs/get", "run_id")]
    [InlineData("runs/get?run_id=..%2Fx", "run_id")]
    [InlineData("experiments/get", "experiment_id")]
    [InlineData("experiments/search?max_results=many", "'max_results' supplied: it must be an integer")]
    [InlineData("experiments/search?view_type=some", "'view_type'")]
    [InlineData("registered-models/search?max_results=1001", "'max_results'")]
    [InlineData("model-versions/search?max_results=200001", "'max_results'")]
    [InlineData("model-versions/get?name=m&version=x", "version")]
    [InlineData("metrics/get-history?metric_key=k", "run_id")]
    [InlineData("metrics/get-history-bulk?metric_key=k", "run_id")]
    [InlineData("metrics/get-history-bulk-interval?run_ids=a&metric_key=k&start_step=5&end_step=1", "end_step")]
    public async Task A_query_that_is_wrong_is_named(string path, string says)
    {
        var answer = await _server.GetAsync(path);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains(says, answer.Message, StringComparison.Ordinal);
    }

    // Cut in the middle of a character, what is repeated of it could not be written.
    [Theory]
    [InlineData("GET", "experiments/search?view_type=TEXT", null)]
    [InlineData("GET", "experiments/search?max_results=TEXT", null)]
    [InlineData("GET", "runs/get?run_id=TEXT", null)]
    [InlineData("GET", "model-versions/get?name=m&version=TEXT", null)]
    [InlineData("GET", "registered-models/search?filter=TEXT", null)]
    [InlineData("GET", "registered-models/search?order_by=TEXT", null)]
    [InlineData("GET", "nowhere/TEXT", null)]
    [InlineData("PUT", "runs/TEXT", "{}")]
    [InlineData("POST", "runs/search", """{"run_view_type": "TEXT"}""")]
    [InlineData("POST", "runs/search", """{"experiment_ids": "TEXT"}""")]
    [InlineData("POST", "runs/search", """{"experiment_ids": ["0"], "page_token": "TEXT"}""")]
    [InlineData("POST", "runs/update", """{"run_id": "RUN", "status": "TEXT"}""")]
    public async Task A_long_text_of_wide_characters_is_repeated_in_part(string method, string path, string? body)
    {
        var run = await _server.CreateRunAsync();
        foreach (var shift in new[] { "", "x" })
        {
            var text = shift + string.Concat(Enumerable.Repeat("😀", 400));
            var answer = await _server.SendAsync(
                new(method), "/api/2.0/mlflow/" + path.Replace("TEXT", Uri.EscapeDataString(text), StringComparison.Ordinal), body is null ? null : Fill(body, run).Replace("TEXT", text, StringComparison.Ordinal));
            Assert.Contains((int)answer.Status, new[] { 400, 404 });
            Assert.InRange(answer.Message.Length, 1, 1000);
            Assert.DoesNotContain('\uFFFD', answer.Message);
        }
    }

    [Fact]
    public async Task A_batch_with_one_bad_value_writes_nothing()
    {
        var run = await _server.CreateRunAsync();
        await _server.PostAsync("runs/log-parameter", $$"""{"run_id": "{{run}}", "key": "p", "value": "old"}""");
        var answer = await _server.PostAsync("runs/log-batch", $$"""
            {"run_id": "{{run}}", "metrics": [{"key": "m", "value": 1, "timestamp": 1, "step": 0}],
             "params": [{"key": "fresh", "value": "1"}, {"key": "p", "value": "new"}], "tags": [{"key": "t", "value": "v"}]}
            """);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("was already logged with value='old'", answer.Message, StringComparison.Ordinal);
        var data = (await _server.GetAsync($"runs/get?run_id={run}")).Json.GetProperty("run").GetProperty("data");
        Assert.False(data.TryGetProperty("metrics", out _));
        Assert.Equal(1, data.GetProperty("params").GetArrayLength());
        Assert.Equal(1, data.GetProperty("tags").GetArrayLength());
    }

    private static string Fill(string body, string run) => body
        .Replace("RUN", run, StringComparison.Ordinal)
        .Replace("LONG251", new string('k', 251), StringComparison.Ordinal)
        .Replace("LONG501", new string('n', 501), StringComparison.Ordinal)
        .Replace("LONG6001", new string('v', 6001), StringComparison.Ordinal)
        .Replace("LONG8001", new string('v', 8001), StringComparison.Ordinal);
}

public sealed class BadInputTestsOnSqlite(SharedServer shared) : BadInputTests(shared), IClassFixture<SharedServer>;

public sealed class BadInputTestsOnPostgres(SharedPostgresServer shared) : BadInputTests(shared), IClassFixture<SharedPostgresServer>;
