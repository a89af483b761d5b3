using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Dossier.Server.Http;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

public sealed class RequestBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("NaN", "\"NaN\"")]
    [InlineData("\"NaN\"", "\"NaN\"")]
    [InlineData("Infinity", "1.7976931348623157E+308")]
    [InlineData("\"Infinity\"", "1.7976931348623157E+308")]
    [InlineData("-Infinity", "-1.7976931348623157E+308")]
    [InlineData("\"-Infinity\"", "-1.7976931348623157E+308")]
    [InlineData("\"0.5\"", "0.5")]
    [InlineData("-1e-3", "-0.001")]
    public async Task A_metric_value_may_be_written_as_python_and_as_json_write_it(string sent, string answered)
    {
        var run = await _server.CreateRunAsync();
        var logged = await _server.PostAsync("runs/log-metric", $$"""{"run_id": "{{run}}", "key": "m", "value": {{sent}}, "timestamp": "1", "step": "2"}""");
        Assert.Equal("{}", logged.Body);
        var history = await _server.GetAsync($"metrics/get-history?run_id={run}&metric_key=m");
        Assert.Equal($$"""{"metrics":[{"key":"m","value":{{answered}},"timestamp":1,"step":2}]}""", history.Body);
    }

    [Theory]
    [InlineData("100000", 100000)]
    [InlineData("\"100000\"", 100000)]
    [InlineData("\"1e+05\"", 100000)]
    [InlineData("1e5", 100000)]
    [InlineData("5.0", 5)]
    [InlineData("-5", -5)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public async Task A_whole_number_may_be_written_as_r_and_java_write_it(string sent, long answered)
    {
        var run = await _server.CreateRunAsync();
        var logged = await _server.PostAsync("runs/log-metric", $$"""{"run_id": "{{run}}", "key": "m", "value": 1, "timestamp": 1, "step": {{sent}}}""");
        Assert.Equal("{}", logged.Body);
        var history = await _server.GetAsync($"metrics/get-history?run_id={run}&metric_key=m");
        Assert.Equal(answered, history.Json.GetProperty("metrics")[0].GetProperty("step").GetInt64());
    }

    [Fact]
    public async Task Text_that_looks_like_a_special_float_stays_text()
    {
        var run = await _server.CreateRunAsync();
        const string Text = "NaN, \"Infinity\" and \\-Infinity";
        await _server.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "NaN", "value": {{JsonSerializer.Serialize(Text)}}, "unknown": NaN}""");
        var tags = (await _server.GetAsync($"runs/get?run_id={run}")).Json.GetProperty("run").GetProperty("data").GetProperty("tags");
        Assert.Contains(tags.EnumerateArray(), tag => tag.GetProperty("key").GetString() == "NaN" && tag.GetProperty("value").GetString() == Text);
    }

    [Fact]
    public void Json_without_bare_special_floats_is_left_as_it_is() =>
        Gen.OneOf(Gen.String, AnyOf("NaN", "\"Infinity", "-Infinity\\", "N", "-I")).List[0, 8].Sample(texts =>
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(texts);
            Assert.Equal(json, PythonNumbers.Quote(json).ToArray());
        });

    [Fact]
    public void Whatever_the_bytes_are_quoting_ends_and_loses_none() =>
        AnyOf("\"", "\\", "N", "NaN", "Infinity", "-", "I", " ", "\\\"", "x").List[0, 12].Sample(parts =>
        {
            var text = string.Concat(parts);
            var quoted = Encoding.UTF8.GetString(PythonNumbers.Quote(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(text.Replace("\"", "", StringComparison.Ordinal), quoted.Replace("\"", "", StringComparison.Ordinal));
        });

    [Theory]
    [InlineData(null)]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/plain")]
    public async Task The_content_type_does_not_matter(string? type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"max_results": 1}"""));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var response = await _server.Http.PostAsync("/api/2.0/mlflow/experiments/search", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Unknown_fields_are_ignored_and_of_a_repeated_one_the_last_counts()
    {
        var answer = await _server.PostAsync("experiments/search", """{"filter": "nonsense", "filter": "name = 'Default'", "later": {"deep": [1, {}]}}""");
        Assert.Equal("0", answer.Json.GetProperty("experiments")[0].GetProperty("experiment_id").GetString());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read()
    {
        var answer = await RawHttp.SendAsync(_server.Server.Url, "POST", "/api/2.0/mlflow/runs/log-batch", "{"u8.ToArray(), missing: RequestReader.MaxBodyBytes);
        Assert.Equal(413, RawHttp.StatusOf(answer));
        Assert.Contains("BAD_REQUEST", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_nested_too_deep_is_refused()
    {
        var answer = await _server.PostAsync("experiments/search", $$"""{"x": {{new string('[', 1000)}}{{new string(']', 1000)}}}""");
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task A_body_of_many_network_packets_is_read_whole()
    {
        var run = await _server.CreateRunAsync();
        var metrics = string.Join(',', Enumerable.Range(0, 1000).Select(step => $$"""{"key": "m", "value": {{step}}, "timestamp": 1, "step": {{step}}}"""));
        Assert.Equal("{}", (await _server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "metrics": [{{metrics}}]}""")).Body);
        Assert.Equal(1000, (await _server.GetAsync($"metrics/get-history?run_id={run}&metric_key=m")).Json.GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        var body = "{\"name\": \"x?\"}"u8.ToArray();
        body[^3] = 0xFF;
        var answer = await RawHttp.SendAsync(_server.Server.Url, "POST", "/api/2.0/mlflow/experiments/create", body);
        Assert.Equal(400, RawHttp.StatusOf(answer));
    }

    [Fact]
    public async Task Delete_takes_its_arguments_as_a_body_or_as_a_query()
    {
        await _server.PostAsync("registered-models/create", """{"name": "by body"}""");
        await _server.PostAsync("registered-models/create", """{"name": "by query"}""");
        const string Url = "/api/2.0/mlflow/registered-models/delete";
        Assert.Equal("{}", (await _server.SendAsync(HttpMethod.Delete, Url, """{"name": "by body"}""")).Body);
        Assert.Equal("{}", (await _server.SendAsync(HttpMethod.Delete, $"{Url}?name=by%20query")).Body);
        Assert.Equal("{}", (await _server.GetAsync("registered-models/search")).Body);
    }

    [Fact]
    public async Task A_search_may_come_as_get_with_repeated_keys()
    {
        var answer = await _server.GetAsync("experiments/search?max_results=5&order_by=name%20DESC&order_by=experiment_id%20ASC&view_type=ALL");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Default", answer.Json.GetProperty("experiments")[0].GetProperty("name").GetString());
    }

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
