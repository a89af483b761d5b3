using System.Diagnostics;
using System.Text.Json;
using Dossier.Bench.Http;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>One metric with very many points: logged in batches, read whole by pages as clients do.</summary>
internal static class HistoryScenario
{
    private const int PointsPerBatch = 1000;
    private const int MostReads = 5;

    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        var run = calls.CreateRun(calls.CreateExperiment(ScenarioContext.FreshName("history")));
        var batch = Post(context.Target, MlflowCalls.Api + "/runs/log-batch", Batch(run));
        var points = context.Sizes.HistoryPoints;

        using var connection = new HttpConnection(context.Target);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < points / PointsPerBatch; i++)
        {
            context.Stop.ThrowIfCancellationRequested();
            connection.Exchange(batch.With(i).Span);
        }

        context.Add($"history of {points:N0} points, logging it, 1 connection", clock.Elapsed.TotalMilliseconds, "ms");

        var reads = new List<double>();
        for (var i = 0; i < Math.Min(MostReads, context.Sizes.Repeats); i++)
        {
            context.Stop.ThrowIfCancellationRequested();
            reads.Add(Read(context.Target, connection, run, points));
        }

        reads.Sort();
        context.Add($"history of {points:N0} points, reading it in pages of 25,000", reads);
    }

    /// <summary>Milliseconds of all pages' requests; looking into them in between is not counted.</summary>
    private static double Read(Target target, HttpConnection connection, string run, int points)
    {
        var path = $"{MlflowCalls.Api}/metrics/get-history?run_uuid={run}&run_id={run}&metric_key=loss&max_results=25000";
        var time = TimeSpan.Zero;
        var found = 0;
        for (string? token = null; ;)
        {
            var request = RequestTemplate.Get(target, token is null ? path : $"{path}&page_token={Uri.EscapeDataString(token)}");
            var began = Stopwatch.GetTimestamp();
            var body = connection.Exchange(request.Bytes.Span);
            time += Stopwatch.GetElapsedTime(began);
            var answer = JsonElement.Parse(body.Span);
            found += answer.Count("metrics");
            token = answer.NextPage();
            if (token is null)
            {
                Expect.Equal("the points of a history", points, found);
                return time.TotalMilliseconds;
            }
        }
    }

    private static string Batch(string run)
    {
        var metrics = Enumerable.Range(0, PointsPerBatch).Select(i =>
            $$"""{"key":"loss","value":0.{{1 + i}}{{Number(3)}},"timestamp":1795000{{Number(3)}}{{i:000}},"step":1{{Number(3)}}{{i:000}}}""");
        return $$"""{"run_id":"{{run}}","metrics":[{{string.Join(',', metrics)}}]}""";
    }
}
