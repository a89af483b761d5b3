using Dossier.Bench.Http;
using Dossier.Bench.Load;
using Dossier.Bench.Server;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>
/// What it costs that callers sign in and may read some of the record: the same requests on two servers with the same record, one that asks
/// nobody and one that asks for a token, in turns, so that whatever else the machine does meets all of them.
/// </summary>
internal static class AccessScenario
{
    /// <summary>The unit of a time with access as a multiple of that without.</summary>
    public const string RatioUnit = "× off";

    private const int Rounds = 5;

    public static async Task RunAsync(ScenarioContext context)
    {
        if (context.Command is null)
        {
            context.Skip("it needs --server");
            return;
        }

        var (open, asking) = (Directory.CreateTempSubdirectory("dossier-bench-open-"), Directory.CreateTempSubdirectory("dossier-bench-asking-"));
        try
        {
            AccessRecord record;
            using (var server = await ServerProcess.StartAsync(context.Command, open.FullName, context.Stop))
            {
                record = new AccessRecord(server.Target, context.Sizes);
                record.Create();
            }

            Copy(open, asking);
            using var off = await ServerProcess.StartAsync(context.Command, open.FullName, context.Stop);
            using var on = await ServerProcess.StartAsync($"{context.Command} --auth", asking.FullName, context.Stop);
            Measure(context, record, [off.Target, .. AccessRecord.Users.Select(user => AccessRecord.SignedIn(on.Target, user))]);
        }
        finally
        {
            open.Delete(recursive: true);
            asking.Delete(recursive: true);
        }
    }

    private static void Measure(ScenarioContext context, AccessRecord record, IReadOnlyList<Target> callers)
    {
        foreach (var connections in (int[])[1, 8])
        {
            Compare($"single metrics, {connections} connection{(connections == 1 ? "" : "s")}", connections, caller =>
            {
                using var calls = new MlflowCalls(caller);
                var runs = Enumerable.Range(0, connections).Select(_ => calls.CreateRun(record.Experiment)).ToList();
                return number =>
                {
                    var request = Post(caller, MlflowCalls.Api + "/runs/log-metric", MetricScenario.Point(runs[number]));
                    return index => request.With(index);
                };
            });
        }

        Reads("run get", caller => Get(caller, $"{MlflowCalls.Api}/runs/get?run_id={record.Run}"));
        Reads("artifact get", caller => Get(caller, record.File));
        Reads("run search in one experiment", caller => Post(caller, MlflowCalls.Api + "/runs/search", $$"""{"experiment_ids":["{{record.Experiment}}"],"max_results":20}"""));
        Reads($"experiment search, {Readable(context.Sizes.Experiments)} readable", caller => Finds(
            caller, Post(caller, MlflowCalls.Api + "/experiments/search", $$"""{"max_results":{{AccessRecord.Readable}}}"""), "experiments", context.Sizes.Experiments));
        Reads($"model search, {Readable(context.Sizes.Models)} readable", caller => Finds(
            caller, Get(caller, $"{MlflowCalls.Api}/registered-models/search?max_results={AccessRecord.Readable}"), "registered_models", context.Sizes.Models));

        void Reads(string what, Func<Target, RequestTemplate> make) => Compare(what, 1, caller =>
        {
            var request = make(caller);
            return _ => _ => request.Bytes;
        });

        void Compare(string what, int connections, Func<Target, Func<int, NextRequest>> requests)
        {
            var times = callers.Select(_ => new List<double>()).ToList();
            for (var round = 0; round < Rounds; round++)
            {
                for (var caller = 0; caller < callers.Count; caller++)
                {
                    times[caller].Add(1000 / LoadRun.Go(callers[caller], connections, context.Sizes.LoadTime / Rounds, requests(callers[caller]), context.Stop).PerSecond);
                }
            }

            var (off, alone, inGroups) = (Median(times[0]), Median(times[1]), Median(times[2]));
            context.Add($"{what}, access off", off, "ms each");
            context.Add($"{what}, with a token", alone / off, RatioUnit);
            context.Add($"{what}, with a token, in {context.Sizes.Groups:N0} groups", inGroups / off, RatioUnit);
        }
    }

    private static string Readable(int all) => $"{Math.Min(AccessRecord.Readable, all)} of {all:N0}";

    private static RequestTemplate Finds(Target caller, RequestTemplate search, string list, int all)
    {
        using var calls = new MlflowCalls(caller);
        Expect.Equal($"the {list} found", Math.Min(AccessRecord.Readable, all), calls.Answer(search).Count(list));
        return search;
    }

    private static double Median(List<double> times) => times.Order().ToList().AtQuantile(0.5);

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories("*", SearchOption.AllDirectories))
        {
            to.CreateSubdirectory(Path.GetRelativePath(from.FullName, folder.FullName));
        }

        foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.CopyTo(Path.Combine(to.FullName, Path.GetRelativePath(from.FullName, file.FullName)));
        }
    }
}
