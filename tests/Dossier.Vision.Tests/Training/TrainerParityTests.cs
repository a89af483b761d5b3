using System.Text.Json;
using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Pictures;
using Dossier.Vision.Training;

namespace Dossier.Vision.Tests.Training;

/// <summary>The trainer against PyTorch's own optimiser, loss, clipping and gradients: see Fixtures/training.</summary>
public sealed class TrainerParityTests
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures", "training");

    private static readonly ViTConfig Config = new()
    {
        HiddenSize = 16, NumHiddenLayers = 2, NumAttentionHeads = 2, IntermediateSize = 32, ImageSize = 16, PatchSize = 8, Labels = ["normal", "damaged"],
    };

    // One step an epoch: whatever the order of the pictures, a step sees them all.
    private static readonly TrainingArguments Arguments = new()
    {
        OutputDir = Path.Combine(Path.GetTempPath(), "dossier-trainer-parity-writes-nothing"),
        NumTrainEpochs = 6,
        AdamEpsilon = 1e-5,
        SaveStrategy = IntervalStrategy.No,
        Augmentation = null,
        NoCuda = true,
    };

    [Fact]
    public Task Accumulation_clipping_decay_smoothing_and_warm_up_give_what_PyTorch_gives() => Compare("adamw_torch", Arguments with
    {
        Optim = Optim.AdamWTorch,
        LearningRate = 1e-2,
        WarmupSteps = 2,
        WeightDecay = 0.1,
        LabelSmoothingFactor = 0.1,
        PerDeviceTrainBatchSize = 4,
        GradientAccumulationSteps = 2,
    });

    [Fact]
    public Task Class_weights_and_the_former_AdamW_give_what_they_gave() => Compare("adamw_hf", Arguments with
    {
        LearningRate = 1e-2,
        WarmupSteps = 1,
        WeightDecay = 0.05,
        MaxGradNorm = 0.5,
        ClassWeights = [0.5, 2],
        PerDeviceTrainBatchSize = 8,
    });

    private static async Task Compare(string run, TrainingArguments arguments)
    {
        var model = new ViTForImageClassification(Config);
        model.SetWeights(SafeTensorsReader.Read(Path.Combine(Fixtures, "initial.safetensors")));
        var told = new Told();
        await new Trainer(model, Boards.Processor, arguments).TrainAsync(Pictures(), [], told);

        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Fixtures, "losses.json")));
        var losses = expected.RootElement.GetProperty(run).GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble());
        Assert.All(losses.Zip(told.Losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        var weights = model.GetWeights();
        foreach (var (name, value) in SafeTensorsReader.Read(Path.Combine(Fixtures, run + ".safetensors")))
        {
            var largest = value.Values.ToArray().Zip(weights[name].Values.ToArray(), (a, b) => Math.Abs(a - b)).Max();
            Assert.True(largest < 1e-5, $"{name} differs by {largest}");
        }
    }

    private static IReadOnlyList<Picture> Pictures() => [.. Enumerable.Range(0, 8).Select(number =>
    {
        var raster = new Raster(Boards.Side, Boards.Side);
        for (var i = 0; i < raster.Pixels.Length; i++)
        {
            var (row, column, channel) = (i / 3 / Boards.Side, i / 3 % Boards.Side, i % 3);
            raster.Pixels[i] = (byte)((37 * number) + (5 * row * (1 + (number % 3))) + (11 * column) + (71 * channel));
        }
        return Boards.Picture($"{number}.png", Config.Labels[number % 2], raster);
    })];
}
