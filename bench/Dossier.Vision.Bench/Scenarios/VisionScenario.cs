using System.Diagnostics;
using Dossier.Bench;
using Dossier.Bench.Load;
using Dossier.Vision.Inference;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using static TorchSharp.torch;

namespace Dossier.Vision.Bench.Scenarios;

/// <summary>The classifier on ONNX Runtime beside the same model in TorchSharp, in turns, so that whatever else the machine does meets both.</summary>
public static class VisionScenario
{
    private const int LeastRounds = 2;
    private const double Tolerance = 1e-4;

    private static readonly int[] Batches = [1, 8, 32];

    /// <summary>Measures each size of model.</summary>
    public static IEnumerable<Figure> Run(Sizes sizes, CancellationToken stop) => sizes.Models.SelectMany(model => Run(model, sizes, stop));

    private static IEnumerable<Figure> Run(BenchModel size, Sizes sizes, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("dossier-vision-bench-");
        try
        {
            random.manual_seed(42);
            using var model = new ViTForImageClassification(size.Config);
            model.eval();
            BenchFolder.Write(folder.FullName, model);
            using var classifier = PictureClassifier.Open(folder.FullName);
            foreach (var batch in Batches)
            {
                var (ours, plain) = Measure(model, classifier, batch, sizes.Time, stop);
                yield return new Figure("vision", $"{size.Name}, batch {batch}", batch * 1000 / ours, "img/s", batch * 1000 / plain);
                yield return new Figure("vision", $"{size.Name}, batch {batch}, p50", ours, "ms", plain);
            }

            var began = Stopwatch.GetTimestamp();
            Occlusion.Explain(classifier, Noise(size.Config.ImageSize), cancellationToken: stop);
            yield return new Figure("vision", $"{size.Name}, heat map", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Median milliseconds of a batch on ONNX Runtime and in TorchSharp.</summary>
    private static (double Ours, double Plain) Measure(
        ViTForImageClassification model, PictureClassifier classifier, int batch, TimeSpan time, CancellationToken stop)
    {
        var random = new Random(batch);
        var pixels = Enumerable.Range(0, batch * classifier.Processor.Length).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        var (ours, plain) = (new List<double>(), new List<double>());
        var limit = Stopwatch.StartNew();
        while (ours.Count <= LeastRounds || limit.Elapsed < time)
        {
            stop.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            var answer = classifier.Logits(pixels, batch);
            ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);

            began = Stopwatch.GetTimestamp();
            var expected = Forward(model, pixels, batch);
            plain.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (answer.Zip(expected).Any(pair => Math.Abs(pair.First - pair.Second) > Tolerance))
            {
                throw new BenchException($"ONNX Runtime and TorchSharp differ by more than {Tolerance} in a batch of {batch}.");
            }
        }

        return (Median(ours), Median(plain));
    }

    private static float[] Forward(ViTForImageClassification model, float[] pixels, int batch)
    {
        using var scope = NewDisposeScope();
        using var still = inference_mode();
        var side = model.Config.ImageSize;
        return model.forward(tensor(pixels).view(batch, 3, side, side)).data<float>().ToArray();
    }

    /// <summary>The first round is warm-up.</summary>
    private static double Median(List<double> times)
    {
        double[] ordered = [.. times.Skip(1).Order()];
        return ordered.AtQuantile(0.5);
    }

    private static Raster Noise(int side)
    {
        var picture = new Raster(side, side);
        new Random(42).NextBytes(picture.Pixels);
        return picture;
    }
}
