using System.Net;
using Dossier.Server.Hosting;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests;

/// <summary>What an operator sees of a running server.</summary>
public sealed class ObservabilityTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Get = "/api/2.0/mlflow/experiments/get?experiment_id=0";

    [Theory]
    [InlineData("GET", Get)]
    [InlineData("GET", "/nowhere")]
    [InlineData("PUT", Get)]
    [InlineData("GET", "/a/../b")]
    public async Task Every_answer_has_a_request_id_of_its_own(string method, string path)
    {
        var ids = new[] { await IdAsync(method, path), await IdAsync(method, path) };
        Assert.All(ids, id => Assert.Matches("^[0-9A-Za-z:]{10,64}$", id));
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Theory]
    [InlineData("build-77.4", true)]
    [InlineData("9f1c2f34-7d45-4b8a-9a51-0c6de1f7b2aa", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    public async Task A_callers_own_request_id_is_kept_if_it_is_plain(string own, bool kept) =>
        Assert.Equal(kept, await IdAsync("GET", Get, own) == own);

    [Fact]
    public async Task A_long_request_id_of_a_caller_is_replaced() =>
        Assert.True((await IdAsync("GET", Get, new string('x', 65))).Length < 65);

    [Fact]
    public async Task Metrics_are_off_until_they_are_asked_for()
    {
        var answer = await shared.Server.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (answer.Status, answer.ErrorCode));
        Assert.Contains("--metrics", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_status_and_what_the_record_did()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Metrics = true });
        await server.Admin.CreateRunAsync();
        await server.GetAsync("experiments/get?experiment_id=0");
        await server.GetAsync("experiments/get?experiment_id=0");
        await server.GetAsync("experiments/get?experiment_id=77");

        var lines = await MetricsAsync(server.Admin);
        Assert.Equal(2, Requests(lines, "/api/2.0/mlflow/experiments/get", 200));
        Assert.Equal(1, Requests(lines, "/api/2.0/mlflow/experiments/get", 404));
        Assert.Contains(lines, line => line.StartsWith("http_server_active_requests{", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("http_server_response_body_size_bytes_sum{", StringComparison.Ordinal) && line.Contains("runs/create", StringComparison.Ordinal));
        Assert.InRange(Value(lines, "dossier_store_commits_total"), 1, 1000);
        Assert.InRange(Value(lines, "dossier_store_writes_total"), Value(lines, "dossier_store_commits_total"), 1000);
        Assert.InRange(Value(lines, "dossier_store_commit_time_seconds_total"), double.Epsilon, 60);
        Assert.InRange(Value(lines, "dossier_store_reads_total"), 3, 10_000);
        Assert.Equal(0, Value(lines, "dossier_store_writes_waiting"));
    }

    [Fact]
    public async Task The_metrics_of_two_servers_of_a_process_are_their_own()
    {
        await using var one = await RunningServer.StartAsync(options => options with { Metrics = true });
        await using var other = await RunningServer.StartAsync(options => options with { Metrics = true });
        await one.GetAsync("experiments/get?experiment_id=0");
        Assert.Equal(1, Requests(await MetricsAsync(one.Admin), "/api/2.0/mlflow/experiments/get", 200));
        Assert.Equal(0, Requests(await MetricsAsync(other.Admin), "/api/2.0/mlflow/experiments/get", 200));
    }

    [Fact]
    public async Task Metrics_are_for_administrators()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Metrics = true, RequireSignIn = true });
        var ann = await server.UserAsync("ann");
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.SendAsync(HttpMethod.Get, "/metrics")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Nobody.SendAsync(HttpMethod.Get, "/metrics")).Status);
        Assert.NotEmpty(await MetricsAsync(server.Admin));
        var lines = await MetricsAsync(server.Admin);
        Assert.InRange(Value(lines, "dossier_access_levels_looked_up_total") + Value(lines, "dossier_access_levels_remembered_total"), 0, 1000);
    }

    [Fact]
    public async Task A_collector_gets_metrics_and_the_trace_that_a_caller_began()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var collector = await WebhookReceiver.StartAsync(answer: null, https: false);
        await using (var server = await RunningServer.StartAsync(options => options with { OtlpEndpoint = collector.Url.GetLeftPart(UriPartial.Authority) }))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Get);
            request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
            Assert.Equal(HttpStatusCode.OK, (await server.Admin.SendAsync(request)).Status);
        }

        // What is left is sent when the server stops.
        var posts = new Dictionary<string, byte[]>();
        while (!(posts.ContainsKey("/v1/metrics") && posts.GetValueOrDefault("/v1/traces") is { } spans && spans.AsSpan().IndexOf(Convert.FromHexString(Trace)) >= 0))
        {
            var post = await collector.NextAsync(TestContext.Current.CancellationToken);
            Assert.Equal("application/x-protobuf", post.Header("Content-Type"));
            posts[post.Path] = [.. posts.GetValueOrDefault(post.Path) ?? [], .. post.Body];
        }

        Assert.True(posts["/v1/traces"].AsSpan().IndexOf("GET /api/2.0/mlflow/experiments/get"u8) >= 0);
        Assert.True(posts["/v1/metrics"].AsSpan().IndexOf("http.server.request.duration"u8) >= 0);
        Assert.True(posts["/v1/metrics"].AsSpan().IndexOf("dossier.store.commits"u8) >= 0);
    }

    [Theory]
    [InlineData("localhost:4318")]
    [InlineData("grpc://localhost:4317")]
    [InlineData("http://user:password@localhost:4318")]
    public async Task A_collector_that_is_not_a_url_is_refused_before_anything_is_opened(string endpoint)
    {
        var error = await Assert.ThrowsAsync<ServerOptionsException>(() => RunningServer.StartAsync(options => options with { OtlpEndpoint = endpoint }));
        Assert.Contains("http://localhost:4318", Assert.Single(error.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("password", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> IdAsync(string method, string path, string? own = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (own is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Request-Id", own);
        }

        using var response = await shared.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return Assert.Single(response.Headers.GetValues("X-Request-Id"));
    }

    private static async Task<string[]> MetricsAsync(Api caller)
    {
        var answer = await caller.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body.Split('\n');
    }

    private static double Requests(string[] lines, string route, int status) => lines
        .Where(line => line.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
            && line.Contains($"http_route=\"{route}\"", StringComparison.Ordinal)
            && line.Contains($"http_response_status_code=\"{status}\"", StringComparison.Ordinal))
        .Sum(Number);

    private static double Value(string[] lines, string name) => Number(lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)));

    private static double Number(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
