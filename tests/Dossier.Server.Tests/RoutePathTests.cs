using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

public sealed class RoutePathTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a/b", "a%2fb")]
    [InlineData("a b.c", "a%20b.c")]
    [InlineData("schön", "sch%C3%B6n")]
    [InlineData("a:b", "a:b")]
    [InlineData("k", "%6b")]
    public async Task A_tag_of_a_logged_model_is_deleted_by_its_key_decoded_once(string key, string segment)
    {
        var id = await CreateModelAsync(key);
        Assert.Equal("{}", (await RawAsync("DELETE", $"logged-models/{id}/tags/{segment}")).Body);
        Assert.DoesNotContain(key, (await _server.GetAsync($"logged-models/{id}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a%252Fb")]
    [InlineData("a%zz")]
    [InlineData("a%ff")]
    [InlineData("a//b")]
    [InlineData("")]
    public async Task A_key_that_no_tag_can_have_is_refused(string segment)
    {
        var id = await CreateModelAsync("a/b");
        var answer = await RawAsync("DELETE", $"logged-models/{id}/tags/{segment}");
        Assert.Contains((int)answer.Status, new[] { 400, 404, 405 });
        Assert.NotEmpty(answer.Message);
        Assert.Contains("a/b", (await _server.GetAsync($"logged-models/{id}")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m%2Fx")]
    [InlineData("m%252Fx")]
    [InlineData("m%20x")]
    [InlineData("m%ffx")]
    public async Task An_id_that_is_none_is_refused(string id)
    {
        foreach (var (method, path) in new[] { ("GET", ""), ("DELETE", ""), ("PATCH", "/tags"), ("POST", "/params"), ("GET", "/artifacts/directories") })
        {
            var answer = await RawAsync(method, $"logged-models/{id}{path}", "{}");
            Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        }
    }

    [Fact]
    public async Task A_request_may_name_the_whole_url()
    {
        var id = await CreateModelAsync("k");
        var answer = await RawHttp.SendAsync(_server.Server.Url, "GET", $"{_server.Server.Url}api/2.0/mlflow/logged-models/{id}");
        Assert.Equal(200, RawHttp.StatusOf(answer));
    }

    private async Task<string> CreateModelAsync(string tag)
    {
        var answer = await _server.PostAsync("logged-models", $$"""{"experiment_id": "0", "name": "m", "tags": [{"key": "{{tag}}", "value": "v"}]}""");
        return answer.Json.GetProperty("model").GetProperty("info").GetProperty("model_id").GetString()!;
    }

    private async Task<Answer> RawAsync(string method, string path, string? body = null)
    {
        var answer = await RawHttp.SendAsync(_server.Server.Url, method, $"/api/2.0/mlflow/{path}", body is null ? null : System.Text.Encoding.UTF8.GetBytes(body));
        return new((HttpStatusCode)RawHttp.StatusOf(answer), answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }
}
