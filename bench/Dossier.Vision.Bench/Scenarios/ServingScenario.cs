using System.Globalization;
using System.Text;
using Dossier.Bench.Http;
using Dossier.Bench.Load;
using Dossier.Vision.Serving;
using Dossier.Vision.Model;
using static TorchSharp.torch;

namespace Dossier.Vision.Bench.Scenarios;

/// <summary>
/// The scoring server under load over HTTP, with and without batching, in turns with <see cref="PlainScoring"/>, so that whatever else the machine does meets
/// both. Dossier's figures include the network, and the load takes its part of the machine.
/// </summary>
public static class ServingScenario
{
    private const string Name = "serving";
    private const int PictureSide = 256;
    private const int LargestBatch = 8;

    private static readonly int[] Connections = [1, 8, 32];

    /// <summary>Measures each size of model.</summary>
    public static IEnumerable<Figure> Run(Sizes sizes, CancellationToken stop) => sizes.Models.SelectMany(model => Run(model, sizes.Time, stop));

    private static IEnumerable<Figure> Run(BenchModel size, TimeSpan time, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("dossier-vision-bench-");
        try
        {
            random.manual_seed(42);
            using var model = new ViTForImageClassification(size.Config);
            model.eval();
            BenchFolder.Write(folder.FullName, model);
            var picture = SmoothPicture.Jpeg(PictureSide);
            var plain = new PlainScoring(model, picture);
            foreach (var batch in (int[])[1, LargestBatch])
            {
                foreach (var figure in Serve(size, folder.FullName, batch, picture, plain, time, stop))
                {
                    yield return figure;
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Figure> Serve(BenchModel size, string uri, int batch, byte[] picture, PlainScoring plain, TimeSpan time, CancellationToken stop)
    {
        var server = ScoringServer.StartAsync(new() { ModelUri = uri, Port = 0, MaxBatch = batch }, progress: null, stop).GetAwaiter().GetResult();
        try
        {
            var target = Target.Resolve(server.Url.AbsoluteUri, processId: null, allowRemote: false);
            var request = Post(target, picture);
            LoadRun.Go(target, connections: 1, time / 8, _ => _ => request, stop);
            foreach (var connections in Connections)
            {
                var what = string.Create(
                    CultureInfo.InvariantCulture, $"{size.Name}, {connections} connection{(connections == 1 ? "" : "s")}, {(batch == 1 ? "no batching" : $"batches up to {batch}")} (plain: one JPEG after the other, no server)");
                plain.Restart();
                plain.Turn(time / 4, stop);
                var load = LoadRun.Go(target, connections, time, _ => _ => request, stop);
                plain.Turn(time / 4, stop);
                yield return new(Name, what, load.PerSecond, "img/s", plain.PerSecond);
                yield return new(Name, what + ", p50", load.Median, "ms", plain.Median);
                yield return new(Name, what + ", p99", load.Percentile99, "ms", plain.Percentile99);
            }
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static byte[] Post(Target target, byte[] body)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture, $"POST /invocations HTTP/1.1\r\nHost: {target.Url.Authority}\r\nContent-Type: image/jpeg\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
