namespace Dossier.Vision.Judging;

/// <summary>A point of a curve.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
public readonly record struct CurvePoint(double X, double Y);

/// <summary>How a class's score ranks pictures, threshold by threshold; pictures of the same score fall together.</summary>
public static class Curves
{
    /// <summary>The ROC curve: false positive rate across, true positive rate up, from (0, 0) to (1, 1). Empty without both kinds of pictures.</summary>
    public static IReadOnlyList<CurvePoint> Roc(Predictions predictions, int? positive = null)
    {
        var steps = Steps(predictions, positive, out var positives, out var negatives);
        return positives == 0 || negatives == 0 ? []
            : [new(0, 0), .. steps.Select(step => new CurvePoint((double)step.Negatives / negatives, (double)step.Positives / positives))];
    }

    /// <summary>Precision (up) by recall (across), from the highest threshold to the lowest. Empty without positive pictures.</summary>
    public static IReadOnlyList<CurvePoint> PrecisionRecall(Predictions predictions, int? positive = null)
    {
        var steps = Steps(predictions, positive, out var positives, out _);
        return positives == 0 ? []
            : [.. steps.Select(step => new CurvePoint((double)step.Positives / positives, (double)step.Positives / (step.Positives + step.Negatives)))];
    }

    /// <summary>The area below <see cref="PrecisionRecall"/> in steps, as scikit-learn's average precision; NaN without positive pictures.</summary>
    public static double AveragePrecision(Predictions predictions, int? positive = null)
    {
        var (sum, recall, points) = (0.0, 0.0, PrecisionRecall(predictions, positive));
        foreach (var point in points)
        {
            sum += (point.X - recall) * point.Y;
            recall = point.X;
        }

        return points.Count == 0 ? double.NaN : sum;
    }

    private static List<(double Score, int Positives, int Negatives)> Steps(Predictions predictions, int? positive, out int positives, out int negatives)
    {
        var probabilities = new Probabilities(predictions);
        var steps = new RankedScores(probabilities, probabilities.Positive(positive)).Steps().ToList();
        (_, positives, negatives) = steps[^1];
        return steps;
    }
}
