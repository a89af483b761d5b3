namespace Dossier.Vision.Judging;

/// <summary>Chooses from which probability on a picture counts as positive.</summary>
public static class DecisionThreshold
{
    /// <summary>
    /// The threshold with the highest F1, in the middle between two scores; of several, the one nearest to 0.5, and of two as near, the lower. 0.5 where no picture
    /// is positive. Choose on validation and measure on test: on its own data a chosen threshold looks better than it is.
    /// </summary>
    /// <param name="predictions">Predictions of two classes.</param>
    /// <param name="positive">Id of the positive class; the last by default.</param>
    /// <exception cref="VisionException">There are more than two classes, or as <see cref="ClassificationMetrics.Measure"/>.</exception>
    public static double Choose(Predictions predictions, int? positive = null)
    {
        var probabilities = new Probabilities(predictions);
        if (probabilities.Classes != 2)
        {
            throw new VisionException($"A threshold decides between two classes; these predictions have {probabilities.Classes}.");
        }

        var id = probabilities.Positive(positive);
        var actual = probabilities.Targets.Count(target => target == id);
        if (actual == 0)
        {
            return 0.5;
        }

        var steps = new RankedScores(probabilities, id).Steps().ToList();
        return steps.Index()
            .Select(step => (
                Threshold: Middle(step.Item.Score, step.Index + 1 < steps.Count ? steps[step.Index + 1].Score : 0),
                F1: 2.0 * step.Item.Positives / (actual + step.Item.Positives + step.Item.Negatives)))
            .OrderByDescending(choice => choice.F1)
            .ThenBy(choice => Math.Abs(choice.Threshold - 0.5))
            .ThenBy(choice => choice.Threshold)
            .First().Threshold;
    }

    // Rounding must not reach the lower score, which is to stay below the threshold.
    private static double Middle(double score, double below) => below + ((score - below) / 2) is var middle && middle > below ? middle : score;
}
