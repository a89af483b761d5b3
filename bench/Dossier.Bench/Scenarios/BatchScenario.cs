using System.Text.Json;
using Dossier.Bench.Http;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>Batches at the protocol's limits: 1,000 metrics, 100 params.</summary>
internal static class BatchScenario
{
    private const string Route = MlflowCalls.Api + "/runs/log-batch";
    private const int MetricsPerBatch = 1000;
    private const int ParamsPerBatch = 100;

    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        var experiment = calls.CreateExperiment(ScenarioContext.FreshName("batches"));
        foreach (var connections in (int[])[1, 8])
        {
            Metrics(context, calls, experiment, connections, keys: 10);
            Metrics(context, calls, experiment, connections, keys: 1000);
            Params(context, calls, experiment, connections);
        }
    }

    private static void Metrics(ScenarioContext context, MlflowCalls calls, string experiment, int connections, int keys)
    {
        var runs = Enumerable.Range(0, connections).Select(_ => calls.CreateRun(experiment)).ToList();
        var result = context.Load(connections, number =>
        {
            var request = Post(context.Target, Route, MetricBatch(runs[number], keys));
            return index => request.With(index);
        });
        for (var i = 0; i < connections; i++)
        {
            var expected = result.Acknowledged[i] * (MetricsPerBatch / keys);
            Expect.Equal("the points of one metric of a batch", expected, calls.CountHistory(runs[i], "metric_000"));
            Expect.Equal("the metrics of a run", keys, Data(calls, runs[i]).Count("metrics"));
        }

        context.Add($"batches of 1,000 metrics of {keys:N0} keys", connections, result);
    }

    private static void Params(ScenarioContext context, MlflowCalls calls, string experiment, int connections)
    {
        // A param is logged once and stays, so each batch is for a run of its own, as in a sweep.
        var perConnection = context.Sizes.Batches / connections;
        var runs = Enumerable.Range(0, connections)
            .Select(_ => Enumerable.Range(0, perConnection).Select(_ => calls.CreateRun(experiment)).ToList())
            .ToList();
        var result = context.Load(connections, number =>
        {
            var requests = runs[number].ConvertAll(run => Post(context.Target, Route, ParamBatch(run)));
            return index => index < requests.Count ? requests[index].Bytes : default;
        });
        for (var i = 0; i < connections; i++)
        {
            foreach (var run in (int[])[0, result.Acknowledged[i] / 2, result.Acknowledged[i] - 1])
            {
                Expect.Equal("the params of a run", ParamsPerBatch, Data(calls, runs[i][run]).Count("params"));
            }
        }

        context.Add("batches of 100 params", connections, result);
    }

    private static JsonElement Data(MlflowCalls calls, string run) => calls.Get($"/runs/get?run_id={run}").GetProperty("run").GetProperty("data");

    /// <summary>The body of a batch of 1,000 metrics; each number is another batch.</summary>
    public static string MetricBatch(string run, int keys)
    {
        var metrics = Enumerable.Range(0, MetricsPerBatch).Select(i =>
            $$"""{"key":"metric_{{i % keys:000}}","value":0.{{1 + i}}{{Number(6)}},"timestamp":1795{{Number(6)}}{{i / keys:000}},"step":1{{Number(6)}}{{i / keys:00}}}""");
        return $$"""{"run_id":"{{run}}","metrics":[{{string.Join(',', metrics)}}]}""";
    }

    private static string ParamBatch(string run)
    {
        var items = Enumerable.Range(0, ParamsPerBatch).Select(i => $$"""{"key":"param_{{i:00}}","value":"value of param {{i}}"}""");
        return $$"""{"run_id":"{{run}}","params":[{{string.Join(',', items)}}]}""";
    }
}
