using System.Diagnostics;
using Dossier.Bench.Load;
using Dossier.Vision.Model;
using SkiaSharp;
using static TorchSharp.torch;

namespace Dossier.Vision.Bench;

/// <summary>What one writes without Dossier: a JPEG is decoded, resized and classified with SkiaSharp and TorchSharp, one after the other, with no server around it.</summary>
/// <param name="model">In evaluation mode.</param>
/// <param name="picture">The JPEG.</param>
internal sealed class PlainScoring(ViTForImageClassification model, byte[] picture)
{
    private readonly List<double> _times = [];

    /// <summary>Median milliseconds of a picture since <see cref="Restart"/>.</summary>
    public double Median => At(0.5);

    /// <summary>The 99th percentile of that.</summary>
    public double Percentile99 => At(0.99);

    /// <summary>Pictures a second since <see cref="Restart"/>.</summary>
    public double PerSecond => 1000 / _times.Average();

    /// <summary>Forgets what was measured.</summary>
    public void Restart() => _times.Clear();

    /// <summary>Takes a turn of at least two pictures, after one for warm-up.</summary>
    public void Turn(TimeSpan time, CancellationToken stop)
    {
        _ = Score();
        var limit = Stopwatch.StartNew();
        for (var count = 0; count < 2 || limit.Elapsed < time; count++)
        {
            stop.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            _ = Score();
            _times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    private float[] Score()
    {
        var side = model.Config.ImageSize;
        using var decoded = SKBitmap.Decode(picture);
        using var resized = decoded.Resize(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear));
        var pixels = resized.GetPixelSpan();
        var values = new float[3 * side * side];
        for (var i = 0; i < side * side; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                values[(channel * side * side) + i] = (pixels[(4 * i) + channel] / 127.5f) - 1;
            }
        }

        using var scope = NewDisposeScope();
        using var still = inference_mode();
        return model.forward(tensor(values).view(1, 3, side, side)).data<float>().ToArray();
    }

    private double At(double share)
    {
        double[] ordered = [.. _times.Order()];
        return ordered.AtQuantile(share);
    }
}
