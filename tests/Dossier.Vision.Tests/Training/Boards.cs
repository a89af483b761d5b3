using System.Security.Cryptography;
using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Training;
using TorchSharp;

namespace Dossier.Vision.Tests.Training;

/// <summary>Tiny pictures, models and trainings.</summary>
internal static class Boards
{
    public const int Side = 16;

    public static readonly IReadOnlyList<string> Classes = ["normal", "damaged"];

    public static readonly ImageProcessor Processor = new() { Height = Side, Width = Side };

    public static ViTConfig Config { get; } = new()
    {
        HiddenSize = 32, NumHiddenLayers = 2, NumAttentionHeads = 2, IntermediateSize = 64, ImageSize = Side, PatchSize = 8, Labels = Classes,
    };

    /// <summary>A new model; the same seed gives the same weights whatever other tests draw meanwhile.</summary>
    public static ViTForImageClassification Model(int seed = 1, ViTConfig? config = null)
    {
        var model = new ViTForImageClassification(config ?? Config);
        var random = new Random(seed);
        var weights = model.GetWeights().OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => pair.Value with
        {
            Values = pair.Value.Values.ToArray().Select(value => value is 0 or 1 ? value : (float)(random.NextDouble() - 0.5) * 0.1f).ToArray(),
        });
        model.SetWeights(weights);
        return model;
    }

    /// <summary>Noise; damaged ones have a bright corner.</summary>
    public static IReadOnlyList<Picture> Pictures(int count, int seed = 1, int side = Side)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var raster = new Raster(side, side);
            random.NextBytes(raster.Pixels);
            for (var i = 0; i < raster.Pixels.Length; i++)
            {
                raster.Pixels[i] /= 2;
            }
            if (number % 2 == 1)
            {
                for (var row = 0; row < side / 3; row++)
                {
                    raster.Pixels.AsSpan(row * side * 3, side).Fill(250);
                }
            }
            return Picture($"{number:0000}.png", Classes[number % 2], raster);
        })];
    }

    public static Picture Picture(string name, string label, Raster raster) => Picture(name, label, raster.Width, raster.Height, PictureEncoder.Png(raster));

    public static Picture Picture(string name, string label, int width, int height, byte[] content) => new()
    {
        Name = name,
        Label = label,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        Length = content.Length,
        Width = width,
        Height = height,
        Fingerprint = null!,
        ReadAsync = _ => ValueTask.FromResult<ReadOnlyMemory<byte>>(content),
    };

    /// <summary>Twelve steps of four an epoch.</summary>
    public static TrainingArguments Arguments(string outputDir) => new()
    {
        OutputDir = outputDir,
        PerDeviceTrainBatchSize = 8,
        PerDeviceEvalBatchSize = 8,
        NumTrainEpochs = 3,
        LearningRate = 2e-3,
        WarmupRatio = 0.1,
        LoggingSteps = 3,
        EvaluationStrategy = IntervalStrategy.Epoch,
        LoadBestModelAtEnd = true,
        MetricForBestModel = "f1",
        Augmentation = new(MinScale: 0.6, HorizontalFlip: 0.5),
        NoCuda = true,
    };

    public static string NewFolder()
    {
        // More threads than tests can use only wait for each other at this size.
        torch.set_num_threads(1);
        return Directory.CreateTempSubdirectory("dossier-trainer-").FullName;
    }
}

/// <summary>A training and what it told.</summary>
internal sealed class Told : IProgress<TrainingEvent>
{
    public List<TrainingEvent> Events { get; } = [];

    public IEnumerable<double> Losses => Events.OfType<StepDone>().Select(step => step.Loss);

    public void Report(TrainingEvent value) => Events.Add(value);
}
