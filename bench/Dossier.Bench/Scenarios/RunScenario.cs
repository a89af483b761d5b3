using Dossier.Bench.Http;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>Creating runs and getting one.</summary>
internal static class RunScenario
{
    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        foreach (var connections in (int[])[1, 8])
        {
            Create(context, calls, connections);
        }

        var run = RunCorpus.CreateOne(calls, calls.CreateExperiment(ScenarioContext.FreshName("get")), 0);
        foreach (var connections in (int[])[1, 8])
        {
            Get(context, calls, run, connections);
        }
    }

    private static void Create(ScenarioContext context, MlflowCalls calls, int connections)
    {
        var experiment = calls.CreateExperiment(ScenarioContext.FreshName("create"));
        var result = context.Load(connections, number =>
        {
            var request = Post(context.Target, MlflowCalls.Api + "/runs/create", NewRun(experiment, number));
            return index => request.With(index);
        });
        Expect.Equal("the runs of an experiment", result.Acknowledged.Sum(), calls.CountRuns(experiment));
        context.Add("run creation", connections, result);
    }

    private static void Get(ScenarioContext context, MlflowCalls calls, string run, int connections)
    {
        var request = RequestTemplate.Get(context.Target, $"{MlflowCalls.Api}/runs/get?run_uuid={run}&run_id={run}");
        RunCorpus.CheckDetails(calls.Answer(request).GetProperty("run"));
        context.Add("run get", connections, context.Load(connections, _ => _ => request.Bytes));
    }

    /// <summary>The body that creates a run; each number is another run.</summary>
    public static string NewRun(string experiment, int connection) =>
        $$"""
        {"experiment_id":"{{experiment}}","run_name":"run {{connection}}-{{Number(6)}}","start_time":1795{{Number(9)}},
        "tags":[{"key":"mlflow.user","value":"bench"},{"key":"mlflow.source.name","value":"train.py"},{"key":"mlflow.source.type","value":"LOCAL"}]}
        """;
}
