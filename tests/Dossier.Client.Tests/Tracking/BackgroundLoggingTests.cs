using System.Text.Json;
using Dossier.Client.Tests.Peers;
using Microsoft.AspNetCore.Http;

namespace Dossier.Client.Tests.Tracking;

public sealed class BackgroundLoggingTests
{
    [Fact]
    public async Task Entries_arrive_in_order_and_in_batches_within_the_protocols_limits()
    {
        await using var peer = await TrackingAsync();
        using var client = peer.Client();
        await using (var run = await client.StartRunAsync("e"))
        {
            for (var i = 0; i < 2500; i++)
            {
                run.LogMetric("m", i, step: i);
                if (i % 10 == 0)
                {
                    run.LogParam("p" + i, i);
                }

                run.SetTag("t" + (i % 150), i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        var batches = Batches(peer);
        Assert.All(batches, batch =>
        {
            Assert.InRange(batch.Metrics?.Count ?? 0, 0, 1000);
            Assert.InRange(batch.Params?.Count ?? 0, 0, 100);
            Assert.InRange(batch.Tags?.Count ?? 0, 0, 100);
            Assert.Equal(batch.Tags?.Count ?? 0, batch.Tags?.DistinctBy(tag => tag.Key).Count() ?? 0);
        });
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => (long)i), batches.SelectMany(batch => batch.Metrics ?? []).Select(metric => metric.Step));
        Assert.Equal(2500, batches.Sum(batch => batch.Tags?.Count ?? 0));
        Assert.Equal("2499", batches.SelectMany(batch => batch.Tags ?? []).Last(tag => tag.Key == "t99").Value);
        Assert.Equal(250, batches.Sum(batch => batch.Params?.Count ?? 0));
    }

    [Fact]
    public async Task A_batch_stays_below_the_size_that_the_reference_server_takes()
    {
        await using var peer = await TrackingAsync();
        using var client = peer.Client();
        await using (var run = await client.StartRunAsync("e"))
        {
            for (var i = 0; i < 100; i++)
            {
                run.LogParam("p" + i, new string('ß', 6000));
                run.SetTag("t" + i, new string('x', 8000));
            }
        }

        Assert.All(peer.Asked, asked => Assert.InRange(asked.Body.Length, 0, 1_000_000));
        Assert.Equal(100, Batches(peer).Sum(batch => batch.Params?.Count ?? 0));
    }

    [Fact]
    public async Task What_is_logged_goes_out_when_the_interval_has_passed()
    {
        var arrived = new TaskCompletionSource();
        await using var peer = await TrackingAsync(batch =>
        {
            arrived.TrySetResult();
            return null;
        });
        var time = new IntervalClock();
        using var client = peer.Client(time: time);
        await using var run = await client.StartRunAsync("e");
        run.LogMetric("m", 1);
        await time.IntervalStarted;
        Assert.Empty(Batches(peer));
        time.Advance(TimeSpan.FromSeconds(1));
        await arrived.Task;
        Assert.Equal("m", Batches(peer).Single().Metrics!.Single().Key);
    }

    [Fact]
    public async Task Only_the_refused_entries_of_a_batch_are_not_logged_and_all_are_told()
    {
        await using var peer = await TrackingAsync(batch => batch.Params?.Any(param => param.Key is "p3" or "p77") == true ? (400, "Changing param values is not allowed") : null);
        using var client = peer.Client();
        await using var run = await client.StartRunAsync("e");
        for (var i = 0; i < 100; i++)
        {
            run.LogParam("p" + i, i);
            run.LogMetric("m", i, i);
        }

        var told = await Assert.ThrowsAsync<RunLoggingException>(() => run.FlushAsync());
        Assert.Equal(["p3", "p77"], told.Failures.Select(failure => failure.Param!.Key));
        Assert.Equal(2, told.Count);
        Assert.Contains("param 'p3': Changing param values is not allowed", told.Message, StringComparison.Ordinal);
        var accepted = peer.Asked.Where(asked => asked.Path.EndsWith("log-batch", StringComparison.Ordinal)).Select(Parse)
            .Where(batch => batch.Params?.Any(param => param.Key is "p3" or "p77") != true).ToList();
        Assert.Equal(100, accepted.Sum(batch => batch.Metrics?.Count ?? 0));
        Assert.Equal(98, accepted.Sum(batch => batch.Params?.Count ?? 0));

        // Told once.
        await run.FlushAsync();
    }

    [Fact]
    public async Task A_deleted_run_is_not_asked_for_every_entry()
    {
        await using var peer = await TrackingAsync(_ => (400, "The run r must be in the 'active' state."), lifecycle: "deleted");
        using var client = peer.Client();
        var run = await client.StartRunAsync("e");
        for (var i = 0; i < 1000; i++)
        {
            run.LogMetric("m", i, i);
        }

        var told = await Assert.ThrowsAsync<RunLoggingException>(() => run.DisposeAsync().AsTask());
        Assert.Equal(1000, told.Count);
        Assert.InRange(Batches(peer).Count, 1, 2);
    }

    [Fact]
    public async Task A_server_that_goes_away_does_not_keep_a_closing_run_and_everything_lost_is_told()
    {
        await using var peer = await TrackingAsync(_ => (503, "draining"));
        using var client = peer.Client(maxRetries: 1);
        var run = await client.StartRunAsync("e");
        for (var i = 0; i < 5000; i++)
        {
            run.LogMetric("m", i, i);
        }

        var told = await Assert.ThrowsAsync<RunLoggingException>(() => run.DisposeAsync().AsTask());
        Assert.Equal(5000, told.Count);
        Assert.Equal(5000, told.Failures.Count);
        Assert.Throws<ObjectDisposedException>(() => run.LogMetric("m", 1));
    }

    [Fact]
    public async Task Whoever_logs_faster_than_the_server_takes_waits()
    {
        var gate = new TaskCompletionSource();
        await using var peer = await TrackingAsync(_ =>
        {
            gate.Task.Wait();
            return null;
        });
        using var client = peer.Client();
        var run = await client.StartRunAsync("e");
        var logged = 0;
        var logging = new Thread(() =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                run.LogMetric("m", i, i);
                Volatile.Write(ref logged, i + 1);
            }
        });
        logging.Start();

        // Either it is blocked, or it is through with all.
        while (logging.IsAlive && !(Volatile.Read(ref logged) >= 10_000 && logging.ThreadState.HasFlag(ThreadState.WaitSleepJoin)))
        {
            await Task.Yield();
        }

        // 10,000 wait, and up to 1,000 are on their way; one more may be in hand.
        Assert.InRange(Volatile.Read(ref logged), 10_000, 11_001);
        gate.SetResult();
        logging.Join();
        await run.DisposeAsync();
        Assert.Equal(50_000, Batches(peer).Sum(batch => batch.Metrics!.Count));
    }

    [Theory]
    [InlineData("nothing", "FINISHED")]
    [InlineData("fail", "FAILED")]
    [InlineData("kill", "KILLED")]
    public async Task Disposing_ends_the_run(string before, string status)
    {
        await using var peer = await TrackingAsync();
        using var client = peer.Client();
        await using (var run = await client.StartRunAsync("e"))
        {
            _ = before switch
            {
                "fail" => Do(run.Fail),
                "kill" => Do(run.Kill),
                _ => true,
            };
        }

        Assert.Equal(status, Status(peer));

        static bool Do(Action action)
        {
            action();
            return true;
        }
    }

    [Fact]
    public async Task Work_that_throws_fails_its_run_and_the_exception_comes_through()
    {
        await using var peer = await TrackingAsync();
        using var client = peer.Client();
        var thrown = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => client.RunAsync("e", run =>
        {
            run.LogMetric("m", 1);
            throw new InvalidTimeZoneException();
        }));
        Assert.Equal("FAILED", Status(peer));
        Assert.Single(Batches(peer));
        Assert.Empty(thrown.Data);
    }

    [Fact]
    public async Task Work_that_is_cancelled_ends_as_killed()
    {
        await using var peer = await TrackingAsync();
        using var client = peer.Client();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.RunAsync(
            "e",
            async run =>
            {
                await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
            },
            cancellationToken: stop.Token));
        Assert.Equal("KILLED", Status(peer));
    }

    [Fact]
    public async Task Work_that_throws_carries_along_what_was_not_logged()
    {
        await using var peer = await TrackingAsync(_ => (400, "no"));
        using var client = peer.Client();
        var thrown = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => client.RunAsync("e", run =>
        {
            run.LogMetric("m", 1);
            throw new InvalidTimeZoneException();
        }));
        Assert.Equal(1, Assert.IsType<RunLoggingException>(thrown.Data[DossierClient.LoggingFailedKey]).Count);
    }

    [Fact]
    public async Task Numbers_are_written_the_same_in_every_culture_and_none_for_null()
    {
        await using var peer = await TrackingAsync();
        using var client = peer.Client();
        await using (var run = await client.StartRunAsync("e"))
        {
            run.LogParam("a", 0.1);
            run.LogParam("b", 1_000_000L);
            run.LogParam("c", true);
            run.LogParam("d", null);
            run.LogParam("e", "text");
        }

        Assert.Equal(["0.1", "1000000", "True", "None", "text"], Batches(peer).Single().Params!.Select(param => param.Value));
    }

    [Fact]
    public async Task An_experiment_that_somebody_else_creates_meanwhile_is_used()
    {
        var asked = 0;
        await using var peer = await Peer.StartAsync((http, _) => http.Request.Path.Value!.Split('/')[^1] switch
        {
            "get-by-name" when asked++ < 2 => http.Error(404, ErrorCode.ResourceDoesNotExist),
            "get-by-name" => http.Json("""{"experiment": {"experiment_id": "9", "name": "e"}}"""),
            _ => http.Error(400, ErrorCode.ResourceAlreadyExists),
        });
        using var client = peer.Client();
        Assert.Equal("9", (await client.Experiments.GetOrCreateAsync("e")).ExperimentId);
    }

    private static Task<Peer> TrackingAsync(Func<LogBatch, (int Status, string Message)?>? log = null, string lifecycle = "active")
    {
        var run = $$$$"""{"run": {"info": {"run_id": "r", "experiment_id": "1", "lifecycle_stage": "{{{{lifecycle}}}}"}}}""";
        return Peer.StartAsync((http, _) => http.Request.Path.Value!.Split('/')[^1] switch
        {
            "get-by-name" => http.Json("""{"experiment": {"experiment_id": "1", "name": "e"}}"""),
            "create" or "get" => http.Json(run),
            "update" => http.Json("""{"run_info": {"run_id": "r"}}"""),
            "log-batch" => Log(http),
            _ => http.Error(500, "UNEXPECTED"),
        });

        async Task Log(HttpContext http)
        {
            http.Request.Body.Position = 0;
            var batch = (await JsonSerializer.DeserializeAsync(http.Request.Body, WireJson.TypeInfo<LogBatch>()))!;
            await (log?.Invoke(batch) is var (status, message) ? http.Error(status, ErrorCode.InvalidParameterValue, message) : http.Json("{}"));
        }
    }

    private static List<LogBatch> Batches(Peer peer) =>
        [.. peer.Asked.Where(asked => asked.Path.EndsWith("log-batch", StringComparison.Ordinal)).Select(Parse)];

    private static LogBatch Parse(Asked asked) => JsonSerializer.Deserialize(asked.Body, WireJson.TypeInfo<LogBatch>())!;

    private static string? Status(Peer peer) => JsonSerializer.Deserialize(
        peer.Asked.Last(asked => asked.Path.EndsWith("runs/update", StringComparison.Ordinal)).Body, WireJson.TypeInfo<UpdateRun>())!.Status;
}
