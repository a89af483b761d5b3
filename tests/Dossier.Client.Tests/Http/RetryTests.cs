using Dossier.Client.Tests.Peers;
using Microsoft.AspNetCore.Http;

namespace Dossier.Client.Tests.Http;

public sealed class RetryTests
{
    public static TheoryData<string, int, int> Table()
    {
        var table = new TheoryData<string, int, int>();
        string[] safe = ["get run", "log metric", "log batch", "set tag", "search runs", "update run", "transition stage", "put artifact"];
        string[] once = ["create run", "create experiment", "create version", "delete run", "restore run", "rename model", "log model"];
        foreach (var status in (int[])[408, 429, 500, 502, 503, 504])
        {
            foreach (var call in safe)
            {
                table.Add(call, status, 4);
            }

            foreach (var call in once)
            {
                table.Add(call, status, status is 429 or 503 ? 4 : 1);
            }
        }

        foreach (var status in (int[])[400, 401, 403, 404, 409, 501])
        {
            table.Add("get run", status, 1);
            table.Add("log batch", status, 1);
        }

        // The connection is cut after the request was read.
        foreach (var call in safe)
        {
            table.Add(call, 0, 4);
        }

        foreach (var call in once)
        {
            table.Add(call, 0, 1);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_call_is_repeated_only_where_that_is_safe(string call, int status, int requests)
    {
        await using var peer = await Peer.StartAsync((http, _) =>
        {
            if (status == 0)
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return http.Error(status, "SOME_CODE");
        });
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Do(client, call));
        Assert.Equal(requests, peer.Asked.Count);
        Assert.Equal(status, error.StatusCode);
        Assert.Equal(status == 0 ? ErrorCode.TemporarilyUnavailable : "SOME_CODE", error.ErrorCode);
    }

    [Theory]
    [InlineData("get run")]
    [InlineData("create run")]
    public async Task A_server_that_is_not_there_is_asked_again_by_every_call(string call)
    {
        Uri gone;
        await using (var peer = await Peer.StartAsync((http, _) => http.Json("{}")))
        {
            gone = peer.Uri;
        }

        var time = new ImpatientTime();
        using var client = new DossierClient(new(gone) { MaxRetries = 2, RetryDelay = TimeSpan.FromSeconds(1) }, null, time);
        var error = await Assert.ThrowsAsync<ProtocolException>(() => Do(client, call));
        Assert.Equal(2, time.Waits.Count);
        Assert.Equal(0, error.StatusCode);
        Assert.Contains($"127.0.0.1:{gone.Port} could not be reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_works_the_second_time_gives_its_answer()
    {
        await using var peer = await Peer.StartAsync((http, count) =>
            count < 3 ? http.Error(503, ErrorCode.TemporarilyUnavailable) : http.Json("""{"run": {"info": {"run_id": "r", "experiment_id": "0"}}}"""));
        using var client = peer.Client();
        Assert.Equal("r", (await client.Runs.CreateAsync(new() { ExperimentId = "0" })).Info.RunId);
        Assert.Equal(3, peer.Asked.Count);
        Assert.Single(peer.Asked.Select(asked => asked.Body).Distinct());
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        await using var peer = await Peer.StartAsync((http, count) =>
        {
            http.Response.Headers.RetryAfter = "7";
            return count == 1 ? http.Error(429, ErrorCode.RequestLimitExceeded) : http.Json("""{"experiment_id": "1"}""");
        });
        var time = new ImpatientTime();
        using var client = peer.Client(time: time);
        await client.Experiments.CreateAsync(new() { Name = "x" });
        Assert.Equal([TimeSpan.FromSeconds(7)], time.Waits);
    }

    [Fact]
    public async Task A_server_that_asks_for_too_long_a_wait_is_not_asked_again()
    {
        await using var peer = await Peer.StartAsync((http, _) =>
        {
            http.Response.Headers.RetryAfter = "3600";
            return http.Error(503, ErrorCode.TemporarilyUnavailable);
        });
        using var client = peer.Client();
        await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("r"));
        Assert.Single(peer.Asked);
    }

    [Fact]
    public async Task Waits_grow_and_stay_bounded()
    {
        await using var peer = await Peer.StartAsync((http, _) => http.Error(500, ErrorCode.InternalError));
        var time = new ImpatientTime();
        using var client = new DossierClient(
            new(peer.Uri) { MaxRetries = 12, RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(20) }, null, time);
        await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("r"));
        Assert.Equal(12, time.Waits.Count);
        Assert.True(time.Waits[^1] > time.Waits[0]);
        Assert.All(time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        await using var peer = await Peer.StartAsync(async (http, count) =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("""{"run": """);
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        using var client = peer.Client();
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.Runs.GetAsync("r"));
        Assert.Equal(4, peer.Asked.Count);
        Assert.Equal(0, error.StatusCode);
    }

    private static Task Do(DossierClient client, string call) => call switch
    {
        "get run" => client.Runs.GetAsync("r"),
        "log metric" => client.Runs.LogMetricAsync("r", new() { Key = "m", Value = 1 }),
        "log batch" => client.Runs.LogBatchAsync(new() { RunId = "r" }),
        "set tag" => client.Runs.SetTagAsync("r", "k", "v"),
        "search runs" => client.Runs.SearchPageAsync(new()),
        "update run" => client.Runs.UpdateAsync(new() { RunId = "r" }),
        "transition stage" => client.ModelVersions.TransitionStageAsync("m", "1", ModelStage.Staging),
        "put artifact" => client.Artifacts.UploadTextAsync("text", new ArtifactLocation.AtUri("mlflow-artifacts:/1/r/artifacts/a.txt")),
        "create run" => client.Runs.CreateAsync(new() { ExperimentId = "0" }),
        "create experiment" => client.Experiments.CreateAsync(new() { Name = "e" }),
        "create version" => client.ModelVersions.CreateAsync(new() { Name = "m", Source = "s" }),
        "delete run" => client.Runs.DeleteAsync("r"),
        "restore run" => client.Runs.RestoreAsync("r"),
        "rename model" => client.RegisteredModels.RenameAsync("m", "n"),
        "log model" => client.Runs.LogModelAsync(new("r", "{}")),
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };
}
