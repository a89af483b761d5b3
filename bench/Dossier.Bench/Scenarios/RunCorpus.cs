using System.Text.Json;
using Dossier.Bench.Http;

namespace Dossier.Bench.Scenarios;

/// <summary>Runs of 20 metrics, 20 params and 5 tags whose every value follows from the run's number, so that a search's answer is known beforehand.</summary>
internal static class RunCorpus
{
    private const int Metrics = 20;
    private const int Params = 20;
    private const int Tags = 5;
    private const int Writers = 8;
    private const long FirstStart = 1_795_000_000_000;

    // Prime and above every size of corpus, so that no two runs share a metric's value.
    private const int Modulus = 10_007;

    /// <summary>The value of a metric of a run, unique among the runs.</summary>
    public static double Metric(int run, int metric) => ((run * 7919) + (metric * 1327)) % Modulus / (double)Modulus;

    /// <summary>The value of a param of a run; every tenth run has the same.</summary>
    public static string Param(int run, int param) => $"v{(run + param) % 10}";

    /// <summary>The name of a run. Later numbers have later start times.</summary>
    public static string Name(int run) => $"run-{run:00000}";

    /// <summary>Logs an experiment full of runs and gives its id.</summary>
    public static string Create(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        var experiment = calls.CreateExperiment(ScenarioContext.FreshName("search"));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = context.Stop };
        Parallel.For(0, context.Sizes.Runs, options, () => new MlflowCalls(context.Target), (run, _, own) =>
        {
            CreateOne(own, experiment, run);
            return own;
        }, own => own.Dispose());
        Expect.Equal("the runs of an experiment", context.Sizes.Runs, calls.CountRuns(experiment));
        return experiment;
    }

    /// <summary>Logs one run and gives its id.</summary>
    public static string CreateOne(MlflowCalls calls, string experiment, int run)
    {
        var id = calls.CreateRun(experiment, $$""","run_name":"{{Name(run)}}","start_time":{{FirstStart + run}},"tags":[{{List(Tags, i => $$"""{"key":"tag_{{i}}","value":"t{{run % (i + 2)}}"}""")}}]""");
        calls.Post("/runs/log-batch", $$"""
            {"run_id":"{{id}}",
            "metrics":[{{List(Metrics, i => $$"""{"key":"metric_{{i:00}}","value":{{Metric(run, i)}},"timestamp":{{FirstStart + run}},"step":0}""")}}],
            "params":[{{List(Params, i => $$"""{"key":"param_{{i:00}}","value":"{{Param(run, i)}}"}""")}}]}
            """);
        return id;
    }

    /// <summary>Checks that a run of an answer carries all that was logged.</summary>
    public static void CheckDetails(JsonElement run)
    {
        var data = run.GetProperty("data");
        Expect.Equal("the metrics of a run", Metrics, data.Count("metrics"));
        Expect.Equal("the params of a run", Params, data.Count("params"));
        var own = data.GetProperty("tags").EnumerateArray().Count(tag => tag.GetProperty("key").GetString()!.StartsWith("tag_", StringComparison.Ordinal));
        Expect.Equal("the tags of a run", Tags, own);
    }

    private static string List(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
}
