using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Model;
using static TorchSharp.torch;

namespace Dossier.Vision.Training;

/// <summary>What the model says of pictures, and how well that fits their classes.</summary>
internal sealed class Evaluator(ViTForImageClassification model, BatchReader reader, int batchSize, Device device, TimeProvider time)
{
    /// <summary>Where the model is.</summary>
    public Device Device => device;

    /// <summary>Pictures with the ids of their classes.</summary>
    /// <exception cref="VisionException">A label is not among the model's.</exception>
    public static IReadOnlyList<Sample> Label(IReadOnlyList<Picture> pictures, IReadOnlyList<string> labels)
    {
        var ids = labels.Select((name, id) => (name, id)).ToDictionary(pair => pair.name, pair => pair.id);
        return [.. pictures.Select(picture => new Sample(picture, ids.TryGetValue(picture.Label, out var id)
            ? id
            : throw new VisionException($"{picture.Name} is labelled {picture.Label}, which is not among the model's classes: {string.Join(", ", labels)}.")))];
    }

    /// <summary>Logits in evaluation mode, in the pictures' order.</summary>
    public Predictions Predict(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken)
    {
        var samples = Label(pictures, model.Config.Labels);
        var places = Enumerable.Range(0, samples.Count).ToArray();
        var batches = Enumerable.Range(0, (samples.Count + batchSize - 1) / batchSize)
            .Select(batch => new ReadOnlyMemory<int>(places, batch * batchSize, Math.Min(batchSize, samples.Count - batch * batchSize)));
        var logits = new float[samples.Count * model.Config.Labels.Count];
        var done = 0;
        var wasTraining = model.training;
        model.eval();
        try
        {
            foreach (var batch in reader.Read(samples, batches, augment: null, augmentation: null, cancellationToken))
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                var values = model.forward(batch.InputTensor(device)).to_type(ScalarType.Float32).cpu();
                values.data<float>().CopyTo(logits.AsSpan(done));
                done += (int)values.numel();
            }
        }
        finally
        {
            model.train(wasTraining);
        }
        return new Predictions(model.Config.Labels, pictures, [.. samples.Select(sample => sample.Target)], logits);
    }

    /// <summary>Measures by transformers' names: <c>eval_loss</c>, <c>eval_f1</c> …, <c>eval_runtime</c>, <c>eval_samples_per_second</c>, <c>eval_steps_per_second</c>.</summary>
    public Dictionary<string, double> Evaluate(IReadOnlyList<Picture> pictures, ClassificationLoss loss, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var predictions = Predict(pictures, cancellationToken);
        Dictionary<string, double> metrics = [];
        using (NewDisposeScope())
        {
            var logits = tensor(predictions.Logits, [pictures.Count, predictions.Classes.Count], device: device);
            metrics["eval_loss"] = loss.Of(logits, tensor(predictions.Targets.Select(id => (long)id).ToArray(), device: device)).item<float>();
        }
        foreach (var (name, value) in ClassificationMetrics.Measure(predictions))
        {
            metrics["eval_" + name] = value;
        }
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        metrics["eval_runtime"] = Math.Round(seconds, 4);
        metrics["eval_samples_per_second"] = Math.Round(pictures.Count / seconds, 3);
        metrics["eval_steps_per_second"] = Math.Round((pictures.Count + batchSize - 1) / batchSize / seconds, 3);
        return metrics;
    }
}
