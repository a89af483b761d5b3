using Dossier.Client.Tests.Peers;
using Microsoft.AspNetCore.Http;

namespace Dossier.Client.Tests.Http;

public sealed class AnswerTests
{
    [Fact]
    public async Task An_error_answer_becomes_an_exception_with_code_status_and_message()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Error(404, ErrorCode.ResourceDoesNotExist, "Run with id=x not found"));
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("x"));
        Assert.Equal((ErrorCode.ResourceDoesNotExist, 404, "Run with id=x not found"), (error.ErrorCode, error.StatusCode, error.Message));
    }

    [Theory]
    [InlineData(401, ErrorCode.Unauthenticated)]
    [InlineData(404, ErrorCode.ResourceDoesNotExist)]
    [InlineData(413, ErrorCode.BadRequest)]
    public async Task An_error_page_of_a_proxy_becomes_an_exception_that_quotes_it(int status, string code)
    {
        await using var peer = await Peer.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("<h1>nginx says no</h1>" + new string('x', 100_000));
        });
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("x"));
        Assert.Equal((code, status), (error.ErrorCode, error.StatusCode));
        Assert.Contains("GET /api/2.0/mlflow/runs/get returned HTTP", error.Message, StringComparison.Ordinal);
        Assert.Contains("nginx says no", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 500);
    }

    [Theory]
    [InlineData("text/html", "<html>please sign in</html>")]
    [InlineData("application/json", "[1, 2]")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "{\"run\": null}")]
    public async Task An_answer_that_is_not_the_protocol_is_reported_as_such(string type, string body)
    {
        await using var peer = await Peer.StartAsync((http, _) =>
        {
            http.Response.ContentType = type;
            return http.Response.WriteAsync(body);
        });
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("x"));
        Assert.Contains("Is this an MLflow server", error.Message, StringComparison.Ordinal);
        Assert.Single(peer.Asked);
    }

    [Fact]
    public async Task The_reference_servers_failure_for_an_absent_artifact_is_absence_and_not_repeated()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Error(
            500, ErrorCode.InternalError, "The following failures occurred: [Errno 2] No such file or directory: '/srv/mlflow/x'"));
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Artifacts.OpenReadAsync(new ArtifactLocation.AtUri("mlflow-artifacts:/1/x")));
        Assert.Equal((ErrorCode.ResourceDoesNotExist, 404), (error.ErrorCode, error.StatusCode));
        Assert.DoesNotContain("/srv", error.Message, StringComparison.Ordinal);
        Assert.Single(peer.Asked);
    }

    [Fact]
    public async Task A_redirect_is_reported_and_not_followed_with_our_credentials()
    {
        await using var peer = await Peer.StartAsync((http, _) =>
        {
            http.Response.Redirect("https://elsewhere.example/login");
            return Task.CompletedTask;
        });
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("x"));
        Assert.Contains("elsewhere.example", error.Message, StringComparison.Ordinal);
        Assert.Single(peer.Asked);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once()
    {
        var arrived = new TaskCompletionSource();
        await using var peer = await Peer.StartAsync(async (http, _) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var client = peer.Client();
        using var stop = new CancellationTokenSource();
        var call = client.Runs.GetAsync("x", stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(peer.Asked);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_timeout()
    {
        await using var peer = await Peer.StartAsync((http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var client = peer.Client(maxRetries: 1, timeout: TimeSpan.FromMilliseconds(50));
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("x"));
        Assert.Equal(0, error.StatusCode);
        Assert.Contains("did not respond within 0.05 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_pages_are_walked_through_and_no_further_than_wanted()
    {
        await using var peer = await Peer.StartAsync((http, count) =>
        {
            var next = count < 3 ? $", \"next_page_token\": \"t{count}\"" : "";
            return http.Json($"{{\"runs\": [{{\"info\": {{\"run_id\": \"{count}a\"}}}}, {{\"info\": {{\"run_id\": \"{count}b\"}}}}]{next}}}");
        });
        using var client = peer.Client();
        Assert.Equal(["1a", "1b", "2a", "2b", "3a", "3b"], await client.Runs.SearchAsync(new() { ExperimentIds = ["0"] }).Select(run => run.Info.RunId).ToListAsync());
        Assert.Contains("\"page_token\":\"t2\"", peer.Asked[2].Body, StringComparison.Ordinal);
        Assert.Equal("4a", (await client.Runs.SearchAsync(new()).FirstAsync()).Info.RunId);
        Assert.Equal(4, peer.Asked.Count);
    }

    [Fact]
    public async Task A_server_that_repeats_its_page_token_does_not_keep_us_forever()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Json("""{"runs": [], "next_page_token": "again"}"""));
        using var client = peer.Client();
        await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.SearchAsync(new()).ToListAsync().AsTask());
        Assert.Equal(2, peer.Asked.Count);
    }
}
