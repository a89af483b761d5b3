using Dossier.Bench.Http;
using Dossier.Bench.Load;
using Dossier.Bench.Server;
using static Dossier.Bench.Http.RequestTemplate;

namespace Dossier.Bench.Scenarios;

/// <summary>
/// How many bytes a server allocates for one request: the same requests one after the other on one connection, and the process's own count before and after.
/// It hardly depends on the machine or on what else runs there, so it can be compared with figures of another day.
/// </summary>
internal static class AllocationScenario
{
    private const int FileBytes = 4096;

    // Each takes as long as tens of others.
    private const int LargeOnes = 10;
    private const int Transfers = 4;

    public static async Task RunAsync(ScenarioContext context)
    {
        if (context.Command is null)
        {
            context.Skip("it needs --server");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("dossier-bench-allocations-");
        try
        {
            var path = Path.Combine(folder.FullName, "allocations");
            using var server = await ServerProcess.StartAsync(context.Command, folder.FullName, context.Stop, AllocationCounter.Environment(path));
            using var counter = AllocationCounter.Connect(path);
            if (counter is null)
            {
                context.Skip("it needs a .NET server");
                return;
            }

            Measure(context, server.Target, counter);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(ScenarioContext context, Target target, AllocationCounter counter)
    {
        using var calls = new MlflowCalls(target);
        using var connection = new HttpConnection(target);
        var experiment = calls.CreateExperiment(ScenarioContext.FreshName("allocations"));
        var run = RunCorpus.CreateOne(calls, experiment, 0);
        for (var number = 1; number < 100; number++)
        {
            RunCorpus.CreateOne(calls, experiment, number);
        }

        var metric = Post(target, MlflowCalls.Api + "/runs/log-metric", MetricScenario.Point(run));
        Count("single metric", context.Sizes.Counted, index => metric.With(index));
        var batch = Post(target, MlflowCalls.Api + "/runs/log-batch", BatchScenario.MetricBatch(calls.CreateRun(experiment), keys: 10));
        Count("batch of 1,000 metrics of 10 keys", context.Sizes.Counted / LargeOnes, index => batch.With(index));
        var create = Post(target, MlflowCalls.Api + "/runs/create", RunScenario.NewRun(calls.CreateExperiment(ScenarioContext.FreshName("create")), 0));
        Count("run creation", context.Sizes.Counted, index => create.With(index));
        Same("run get", context.Sizes.Counted, Get(target, $"{MlflowCalls.Api}/runs/get?run_id={run}"));
        Same("search of 100 runs", context.Sizes.Counted / LargeOnes, Post(
            target, MlflowCalls.Api + "/runs/search", $$"""{"experiment_ids":["{{experiment}}"],"max_results":100}"""));
        Same("history of 1,000 points", context.Sizes.Counted / LargeOnes, Get(
            target, $"{MlflowCalls.Api}/metrics/get-history?run_id={run}&metric_key=loss&max_results=1000"));
        var file = $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/small.bin";
        byte[] upload = [.. Put(target, file, FileBytes).Bytes.Span, .. new byte[FileBytes]];
        Count("artifact upload of 4 KiB", context.Sizes.Counted / LargeOnes, _ => upload);
        Same("artifact download of 4 KiB", context.Sizes.Counted, Get(target, file));
        Large("artifact");

        void Same(string what, int times, RequestTemplate request) => Count(what, times, _ => request.Bytes);

        void Count(string what, int times, NextRequest next) => Allocated(what, times, index => connection.Exchange(next(index).Span));

        void Large(string what)
        {
            using var stream = new HttpConnection(target);
            var bytes = new ArtifactBytes();
            var path = $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/large.bin";
            var size = $"{context.Sizes.CountedArtifactBytes >> 20:N0} MiB";
            Allocated($"{what} upload of {size}", Transfers, _ => ArtifactScenario.Upload(context, stream, path, bytes, context.Sizes.CountedArtifactBytes));
            Allocated($"{what} download of {size}", Transfers, _ => ArtifactScenario.Download(context, stream, path, bytes, context.Sizes.CountedArtifactBytes));
        }

        void Allocated(string what, int times, Action<int> act)
        {
            // Until then the runtime compiles and fills caches.
            for (var index = 0; index < times; index++)
            {
                act(index);
            }

            var before = counter.Read();
            for (var index = times; index < times * 2; index++)
            {
                context.Stop.ThrowIfCancellationRequested();
                act(index);
            }

            context.Add(what, (counter.Read() - before) / (double)times, Unit);
        }
    }

    /// <summary>The unit of all rows of this scenario.</summary>
    public const string Unit = "bytes allocated";
}
