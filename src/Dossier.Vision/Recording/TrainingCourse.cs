using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Judging.Figures;
using Dossier.Vision.Training;
using CurvePoint = Dossier.Vision.Judging.CurvePoint;

namespace Dossier.Vision.Recording;

/// <summary>What a trainer tells, as metrics with their steps, and as figures at the end.</summary>
/// <param name="run">The run.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainingCourse(ActiveRun run, TimeProvider time) : IProgress<TrainingEvent>
{
    // Drawn figures thin series out anyway.
    private const int MaxPoints = 100_000;

    private readonly Dictionary<string, List<CurvePoint>> _points = [];
    private readonly Lock _lock = new();
    private long? _bestStep;

    /// <summary>The data that metrics are measured on, once it is logged.</summary>
    public RecordedData? Data { get; set; }

    /// <summary>The last step told of.</summary>
    public long LastStep { get; private set; }

    public void Report(TrainingEvent value)
    {
        lock (_lock)
        {
            switch (value)
            {
                case StepDone step:
                    LastStep = step.Step;
                    break;
                case MetricsLogged logged:
                    LastStep = logged.Step;
                    foreach (var (name, number) in logged.Values)
                    {
                        Log(name, number, logged.Step);
                    }

                    break;
                case CheckpointSaved { IsBest: true } saved:
                    _bestStep = saved.Step;
                    break;
            }
        }
    }

    /// <summary>Logs the final values that were not told before, and the figures.</summary>
    public async Task EndAsync(TrainingResult result, CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        lock (_lock)
        {
            LastStep = result.GlobalStep;
            foreach (var (name, value) in result.Metrics.Where(metric => !_points.TryGetValue(metric.Key, out var points) || !points[^1].Y.Equals(metric.Value)))
            {
                Log(name, value, result.GlobalStep);
            }

            foreach (var (name, figure) in Figures())
            {
                File.WriteAllText(Path.Combine(folder.Path, name + ".svg"), figure);
            }
        }

        await run.LogArtifactsAsync(folder.Path, "figures", cancellationToken: cancellationToken);
    }

    private IEnumerable<(string Name, string Figure)> Figures()
    {
        if (Series(("training", "loss"), ("validation", "eval_loss")) is { Count: > 0 } losses)
        {
            yield return ("loss", CourseFigure.Draw("Loss over training", "Loss", losses, _bestStep));
        }

        if (Series(("F1", "eval_f1"), ("accuracy", "eval_accuracy"), ("precision", "eval_precision"), ("recall", "eval_recall"), ("AUROC", "eval_roc_auc")) is { Count: > 0 } measures)
        {
            yield return ("validation_over_training", CourseFigure.Draw("Validation over training", "Measure", measures, _bestStep));
        }

        if (Series(("learning rate", "learning_rate")) is { Count: > 0 } rates)
        {
            yield return ("learning_rate", CourseFigure.Draw("Learning rate over training", "Learning rate", rates));
        }
    }

    private List<(string Name, IReadOnlyList<CurvePoint> Points)> Series(params (string Name, string Key)[] wanted) =>
        [.. wanted.Where(one => _points.ContainsKey(one.Key)).Select(one => (one.Name, (IReadOnlyList<CurvePoint>)_points[one.Key]))];

    private void Log(string name, double value, long step)
    {
        var points = _points.TryGetValue(name, out var known) ? known : _points[name] = [];
        if (points.Count < MaxPoints)
        {
            points.Add(new(step, value));
        }

        var measuredOn = name.StartsWith("eval_", StringComparison.Ordinal) ? Data?.Validation
            : name is "loss" or "train_loss" ? Data?.Train
            : null;
        run.LogMetric(new Metric
        {
            Key = name,
            Value = value,
            Step = step,
            Timestamp = time.GetUtcNow().ToUnixTimeMilliseconds(),
            DatasetName = measuredOn?.Name,
            DatasetDigest = measuredOn?.Digest,
        });
    }
}
