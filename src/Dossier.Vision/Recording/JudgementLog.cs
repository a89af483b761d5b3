using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Judging;
using Dossier.Vision.Judging.Figures;

namespace Dossier.Vision.Recording;

/// <summary>Logs a judgement to a run.</summary>
public static class JudgementLog
{
    private const int MaxMistakes = 12;

    /// <summary>
    /// Logs <c>PART_f1</c> and its like with <c>PART_f1_ci95_low</c> and <c>…_high</c>, <c>PART_f1_at_threshold</c>, <c>PART_expected_calibration_error</c> and
    /// <c>PART_average_precision</c>, each saying which dataset it was measured on; <c>judgement/PART.json</c> with all of it.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="part">What was judged, e.g. <c>test</c>.</param>
    /// <param name="judgement">The judgement.</param>
    /// <param name="dataset">What it was measured on.</param>
    /// <param name="step">The metrics' step, e.g. the last one of the training.</param>
    /// <param name="time">The clock of the metrics' timestamps; null for the system's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task LogAsync(
        ActiveRun run, string part, Judgement judgement, Dataset dataset, long step = 0, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(judgement);
        ArgumentNullException.ThrowIfNull(dataset);
        var timestamp = (time ?? TimeProvider.System).Milliseconds();
        foreach (var (name, value) in Values(part, judgement))
        {
            run.LogMetric(new Metric
            {
                Key = name, Value = value, Step = step, Timestamp = timestamp, DatasetName = dataset.Name, DatasetDigest = dataset.Digest,
            });
        }

        await run.LogTextAsync(JudgementDocument.Of(part, judgement, dataset), $"judgement/{part}.json", cancellationToken);
    }

    /// <summary>
    /// Logs the pictures of a judgement: <c>figures/PART_confusion_matrix.svg</c>, <c>…_reliability.svg</c>, <c>…_roc.svg</c>, <c>…_precision_recall.svg</c>, and the
    /// twelve mistakes that the model was surest of, below <c>mistakes/</c>.
    /// </summary>
    /// <inheritdoc cref="LogAsync" path="/param[@name='run' or @name='part' or @name='judgement' or @name='cancellationToken']"/>
    public static async Task LogPicturesAsync(ActiveRun run, string part, Judgement judgement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(judgement);
        using var folder = new ScratchFolder();
        var figures = Directory.CreateDirectory(Path.Combine(folder.Path, "figures")).FullName;
        File.WriteAllText(Path.Combine(figures, $"{part}_confusion_matrix.svg"), ConfusionFigure.Draw(judgement, part));
        File.WriteAllText(Path.Combine(figures, $"{part}_reliability.svg"), JudgementFigures.Reliability(judgement, part));
        File.WriteAllText(Path.Combine(figures, $"{part}_roc.svg"), JudgementFigures.Roc(judgement, part));
        File.WriteAllText(Path.Combine(figures, $"{part}_precision_recall.svg"), JudgementFigures.PrecisionRecall(judgement, part));
        if (Mistake.Worst(judgement.Predictions, MaxMistakes) is { Count: > 0 } worst)
        {
            await MistakePictures.WriteAsync(worst, Path.Combine(folder.Path, "mistakes"), part, cancellationToken);
        }

        await run.LogArtifactsAsync(folder.Path, cancellationToken: cancellationToken);
    }

    private static IEnumerable<(string Name, double Value)> Values(string part, Judgement judgement)
    {
        foreach (var (name, value) in judgement.Metrics)
        {
            yield return ($"{part}_{name}", value);
            yield return ($"{part}_{name}_ci95_low", judgement.Intervals[name].Low);
            yield return ($"{part}_{name}_ci95_high", judgement.Intervals[name].High);
        }

        // AUROC and log loss know no threshold.
        foreach (var (name, value) in judgement.AtThreshold.Where(measure => measure.Key is not ("roc_auc" or "log_loss")))
        {
            yield return ($"{part}_{name}_at_threshold", value);
        }

        yield return ($"{part}_expected_calibration_error", judgement.Calibration.ExpectedError);
        if (judgement.Classes.Count == 2 && Curves.AveragePrecision(judgement.Predictions, judgement.Positive) is var average && !double.IsNaN(average))
        {
            yield return ($"{part}_average_precision", average);
        }
    }
}
