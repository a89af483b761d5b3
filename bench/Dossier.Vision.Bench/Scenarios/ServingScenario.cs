using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dossier.Bench.Http;
using Dossier.Bench.Load;
using Dossier.Vision.Cli.Serving;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Recording;
using static TorchSharp.torch;

namespace Dossier.Vision.Bench.Scenarios;

/// <summary>
/// The scoring server under load over HTTP, with and without batching, beside TorchSharp on one input after the other that is ready: Dossier's figures include
/// the network, decoding a JPEG and resizing it, and the load takes its part of the machine.
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
            var picture = PictureEncoder.Jpeg(Smooth());
            var uri = Write(Path.Combine(folder.FullName, "model"), model, picture);
            foreach (var batch in (int[])[1, LargestBatch])
            {
                var plain = Plain(model, time, stop);
                foreach (var (connections, load) in Serve(uri, batch, picture, time, stop))
                {
                    var what = string.Create(
                        CultureInfo.InvariantCulture, $"{size.Name}, {connections} connection{(connections == 1 ? "" : "s")}, {(batch == 1 ? "no batching" : $"batches up to {batch}")}");
                    yield return new(Name, what, load.PerSecond, "img/s", 1000 / plain);
                    yield return new(Name, what + ", p50", load.Median, "ms", plain);
                    yield return new(Name, what + ", p99", load.Percentile99, "ms");
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<(int Connections, LoadResult Load)> Serve(string uri, int batch, byte[] picture, TimeSpan time, CancellationToken stop)
    {
        var server = ScoringServer.StartAsync(new() { ModelUri = uri, Port = 0, MaxBatch = batch }, progress: null, stop).GetAwaiter().GetResult();
        try
        {
            var target = Target.Resolve(server.Url.AbsoluteUri, processId: null, allowRemote: false);
            var request = Post(target, picture);
            return [.. Connections.Select(connections => (connections, LoadRun.Go(target, connections, time, _ => _ => request, stop)))];
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Median milliseconds of one picture in TorchSharp; the first is warm-up.</summary>
    private static double Plain(ViTForImageClassification model, TimeSpan time, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var input = randn(1, 3, model.Config.ImageSize, model.Config.ImageSize);
        var times = new List<double>();
        for (var limit = Stopwatch.StartNew(); times.Count < 4 || limit.Elapsed < time;)
        {
            stop.ThrowIfCancellationRequested();
            using var one = NewDisposeScope();
            var began = Stopwatch.GetTimestamp();
            _ = model.forward(input).data<float>().ToArray();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        double[] ordered = [.. times.Skip(1).Order()];
        return ordered.AtQuantile(0.5);
    }

    private static string Write(string folder, ViTForImageClassification model, byte[] example)
    {
        var side = model.Config.ImageSize;
        MlflowModelFolder.Write(folder, model.Config, model.GetWeights(), new ImageProcessor { Height = side, Width = side }, new()
        {
            RunId = new string('0', 32), CreatedAt = DateTimeOffset.UnixEpoch, Example = example, SourceModelName = "bench",
        });
        return folder;
    }

    // As smooth as photographs are: of noise, the JPEG's decoder would be measured.
    private static Raster Smooth()
    {
        var picture = new Raster(PictureSide, PictureSide);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            var (x, y, channel) = (i / 3 % PictureSide, i / 3 / PictureSide, i % 3);
            picture.Pixels[i] = (byte)(128 + (60 * Math.Sin((x + (channel * 20)) / 17.0)) + (60 * Math.Cos(y / 23.0)));
        }

        return picture;
    }

    private static byte[] Post(Target target, byte[] body)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture, $"POST /invocations HTTP/1.1\r\nHost: {target.Url.Authority}\r\nContent-Type: image/jpeg\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
