using Dossier.Bench.Http;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>Single metrics, as a training loop logs them: each connection its own run, each point its own step.</summary>
internal static class MetricScenario
{
    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        var experiment = calls.CreateExperiment(ScenarioContext.FreshName("metrics"));
        foreach (var connections in (int[])[1, 8, 32])
        {
            var runs = Enumerable.Range(0, connections).Select(_ => calls.CreateRun(experiment)).ToList();
            var result = context.Load(connections, number =>
            {
                var request = Post(context.Target, MlflowCalls.Api + "/runs/log-metric", Point(runs[number]));
                return index => request.With(index);
            });
            for (var i = 0; i < connections; i++)
            {
                Expect.Equal("the points of a metric that were acknowledged", result.Acknowledged[i], calls.CountHistory(runs[i], "loss"));
            }

            context.Add("single metrics", connections, result);
        }
    }

    /// <summary>The body that logs a point; each number is another point.</summary>
    public static string Point(string run) =>
        $$"""{"run_uuid":"{{run}}","run_id":"{{run}}","key":"loss","value":0.1{{Number(8)}},"timestamp":1795{{Number(9)}},"step":1{{Number(8)}}}""";
}
