using System.Diagnostics;
using Dossier.Bench.Http;
using Dossier.Bench.Server;

namespace Dossier.Bench.Scenarios;

/// <summary>A large artifact up and down. Neither side may hold it in memory; here it is never whole.</summary>
internal static class ArtifactScenario
{
    private const int PieceBytes = 1 << 20;

    public static void Run(ScenarioContext context)
    {
        using var calls = new MlflowCalls(context.Target);
        var experiment = calls.CreateExperiment(ScenarioContext.FreshName("artifacts"));
        var path = $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/{calls.CreateRun(experiment)}/artifacts/large.bin";
        var length = context.Sizes.ArtifactBytes;
        var bytes = new ArtifactBytes();
        var size = $"artifact of {length >> 20:N0} MiB";

        using var watch = MemoryWatch.Begin(context.Target);
        using var connection = new HttpConnection(context.Target);
        context.Add($"{size}, upload", length / 1e6 / Upload(context, connection, path, bytes, length).TotalSeconds, "MB/s");
        context.Add($"{size}, download", length / 1e6 / Download(context, connection, path, bytes, length).TotalSeconds, "MB/s");
        if (watch is not null)
        {
            context.Add("server memory before the artifact", watch.Before, "MB");
            context.Add("server memory at its peak", watch.Peak, "MB");
            context.Add("server memory after it", watch.Now, "MB");
        }

        calls.Answer(RequestTemplate.Delete(context.Target, path));
    }

    public static TimeSpan Upload(ScenarioContext context, HttpConnection connection, string path, ArtifactBytes bytes, long length)
    {
        var clock = Stopwatch.StartNew();
        connection.Begin(RequestTemplate.Put(context.Target, path, length).Bytes.Span);
        for (long sent = 0; sent < length;)
        {
            context.Stop.ThrowIfCancellationRequested();
            var piece = bytes.At(sent, (int)Math.Min(PieceBytes, length - sent));
            connection.SendMore(piece);
            sent += piece.Length;
        }

        Expect.Equal("the status of the upload", 200, connection.ReceiveHead().Status);
        var rest = new byte[1024];
        while (connection.ReadMore(rest) > 0)
        {
        }

        return clock.Elapsed;
    }

    public static TimeSpan Download(ScenarioContext context, HttpConnection connection, string path, ArtifactBytes bytes, long length)
    {
        var clock = Stopwatch.StartNew();
        connection.Begin(RequestTemplate.Get(context.Target, path).Bytes.Span);
        Expect.Equal("the status of the download", 200, connection.ReceiveHead().Status);
        var buffer = new byte[PieceBytes];
        long received = 0;
        for (int count; (count = connection.ReadMore(buffer)) > 0; received += count)
        {
            context.Stop.ThrowIfCancellationRequested();
            if (!buffer.AsSpan(0, count).SequenceEqual(bytes.At(received, count)))
            {
                throw new BenchException($"The artifact came back changed, somewhere after byte {received}.");
            }
        }

        Expect.Equal("the length of the artifact", length, received);
        return clock.Elapsed;
    }
}
