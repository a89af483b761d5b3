using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.HolesOfOtherServers;

/// <summary>Holes that other servers had: pages of foreign sites that reach a server through their visitor's browser.</summary>
public sealed class BrowserTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Create = "/api/2.0/mlflow/experiments/create";
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5000")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("localhost.")]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("[::ffff:10.0.0.1]")]
    public async Task A_name_that_a_foreign_site_makes_lead_to_this_machine_reaches_nothing_of_an_open_server(string host)
    {
        foreach (var path in new[] { "/api/2.0/mlflow/experiments/get?experiment_id=0", "/health", "/nowhere", "/get-artifact?run_id=x&path=y" })
        {
            var answer = await WithAsync(HttpMethod.Get, path, ("Host", host));
            Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (answer.Status, answer.ErrorCode));
            Assert.Contains("--auth", answer.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1234")]
    [InlineData("dossier.localhost")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("127.8.9.1")]
    [InlineData("[::1]:5000")]
    public async Task This_machines_own_names_reach_an_open_server(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await WithAsync(HttpMethod.Get, "/api/2.0/mlflow/experiments/get?experiment_id=0", ("Host", host))).Status);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("chrome-extension://abcdef")]
    public async Task A_foreign_page_changes_nothing(string origin)
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            var answer = await WithAsync(method, Create, ("Origin", origin));
            Assert.Equal((HttpStatusCode.Forbidden, "PERMISSION_DENIED"), (answer.Status, answer.ErrorCode));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("experiments/get-by-name?experiment_name=of-a-page")).Status);
    }

    [Fact]
    public async Task A_page_of_the_server_itself_may()
    {
        var answer = await WithAsync(HttpMethod.Post, "/ajax-api/2.0/mlflow/experiments/search", ("Origin", _server.Server.Url.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_foreign_page_changes_nothing_where_the_browser_knows_the_password_either()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var request = Request(HttpMethod.Post, Create, ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Admin.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_server_that_asks_to_sign_in_answers_under_any_name()
    {
        await using var server = await RunningServer.StartAsync(Database.Sqlite, requireSignIn: true);
        using var request = Request(HttpMethod.Get, "/api/2.0/mlflow/experiments/get?experiment_id=0", ("Host", "mlflow.example.com"));
        Assert.Equal(HttpStatusCode.OK, (await server.Admin.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Behind_a_proxy_the_public_url_is_the_servers_own()
    {
        await using var server = await RunningServer.StartAsync(options => options with { PublicUrl = "https://mlflow.example.com/ml" });
        foreach (var host in new[] { "mlflow.example.com", server.Server.Url.Authority })
        {
            using var request = Request(
                HttpMethod.Post, "/api/2.0/mlflow-artifacts/mpu/create/0/r/artifacts", ("Host", host), ("Origin", "https://mlflow.example.com"));
            request.Content = new StringContent("""{"path": "big.bin", "num_parts": 1}""");
            var answer = await server.Admin.SendAsync(request);
            var part = answer.Json.GetProperty("credentials")[0].GetProperty("url").GetString()!;
            Assert.StartsWith("https://mlflow.example.com/ml/api/2.0/mlflow-artifacts/mpu/parts/", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_proxy_or_anybody_else_says_of_the_host_counts_for_nothing()
    {
        using var request = Request(
            HttpMethod.Post, "/api/2.0/mlflow-artifacts/mpu/create/0/r/artifacts", ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"));
        request.Content = new StringContent(JsonSerializer.Serialize(new { path = "big.bin", num_parts = 1 }));
        var answer = await _server.Admin.SendAsync(request);
        Assert.DoesNotContain("evil", answer.Body, StringComparison.Ordinal);
    }

    private Task<Answer> WithAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) =>
        _server.Admin.SendAsync(Request(method, path, headers));

    private static HttpRequestMessage Request(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent("""{"name": "of-a-page"}""");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
