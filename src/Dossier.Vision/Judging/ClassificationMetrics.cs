namespace Dossier.Vision.Judging;

/// <summary>Measures of predictions. Definitions as scikit-learn has them; the positive class is always said.</summary>
public static class ClassificationMetrics
{
    /// <summary>
    /// <c>accuracy</c>, <c>precision</c>, <c>recall</c>, <c>f1</c> (of the positive class for two classes, macro averages for more), <c>roc_auc</c>, <c>log_loss</c>,
    /// without any prefix. A measure that the data does not define (AUROC of one class) is left out; a division by zero counts as 0, as scikit-learn has it.
    /// </summary>
    /// <remarks>
    /// Macro averages are over the classes that are true or predicted at least once, the AUROC of more than two classes is each class against the rest, averaged.
    /// Probabilities for the log loss are kept 2.2e-16 away from 0 and 1. Of two classes equally likely, the one with the lower id is predicted.
    /// </remarks>
    /// <param name="predictions">The predictions.</param>
    /// <param name="positive">Id of the positive class, for two classes; the last by default.</param>
    /// <param name="threshold">Of the positive class's probability, for two classes: at or above it a picture counts as positive; null takes the likelier class.</param>
    /// <exception cref="VisionException">There are no predictions, they do not fit together, or a logit is not a number.</exception>
    public static IReadOnlyDictionary<string, double> Measure(Predictions predictions, int? positive = null, double? threshold = null)
    {
        var sample = new MetricSample(predictions, positive, threshold);
        return MetricSample.Name(sample.Measure());
    }
}
