using System.Diagnostics;
using System.Globalization;
using Dossier.Vision.Model;

namespace Dossier.Vision.Bench.Scenarios;

/// <summary>
/// Training with Dossier's trainer – JPEGs decoded, augmented and resized – in turns with a plain loop on a tensor that is ready; then the peak memory of
/// each, in processes of their own.
/// </summary>
public static class TrainingScenario
{
    private const string Name = "training";

    /// <summary>Measures each training, and the memory of inference with the largest model.</summary>
    public static IEnumerable<Figure> Run(Sizes sizes, CancellationToken stop)
    {
        foreach (var training in sizes.Trainings)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"{training.Model.Name}, batch {training.Batch} (plain: forward, backward and AdamW on a ready tensor)");
            var (ours, plain) = Measure(training, stop);
            yield return new(Name, what, ours, "img/s", plain);
            yield return Memory(what + ", peak memory", training.Model, training.Batch, MemoryUse.Trainer, MemoryUse.PlainTraining);
        }

        var largest = sizes.Models[^1];
        yield return Memory($"{largest.Name}, inference, batch 1, peak memory", largest, 1, MemoryUse.Classifier, MemoryUse.PlainInference);
    }

    private static Figure Memory(string what, BenchModel model, int batch, MemoryUse ours, MemoryUse plain) =>
        new(Name, what, MemoryChild.Peak(model, batch, ours), "MB", MemoryChild.Peak(model, batch, plain));

    /// <summary>Pictures a second of both; a turn's first step is warm-up, and fills what the trainer reads ahead.</summary>
    private static (double Ours, double Plain) Measure(TrainingSize training, CancellationToken stop)
    {
        using var ours = new ViTForImageClassification(training.Model.Config);
        using var other = new ViTForImageClassification(training.Model.Config);
        using var trainer = new BenchTrainer(ours, training.Batch, training.Steps + 1);
        using var plain = new PlainTraining(other, training.Batch);
        var (oursTime, plainTime) = (0.0, 0.0);
        for (var turn = 0; turn < training.Turns; turn++)
        {
            oursTime += trainer.Turn(stop);
            plain.Step();
            var began = Stopwatch.GetTimestamp();
            for (var step = 0; step < training.Steps; step++)
            {
                stop.ThrowIfCancellationRequested();
                plain.Step();
            }

            plainTime += Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        double pictures = training.Turns * training.Steps * training.Batch;
        return (pictures / oursTime, pictures / plainTime);
    }
}
