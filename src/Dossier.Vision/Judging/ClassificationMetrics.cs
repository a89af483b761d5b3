namespace Dossier.Vision.Judging;

/// <summary>Measures of predictions. Definitions as scikit-learn has them; the positive class is always said.</summary>
public static class ClassificationMetrics
{
    /// <summary>
    /// <c>accuracy</c>, <c>precision</c>, <c>recall</c>, <c>f1</c> (of the positive class for two classes, macro averages for more), <c>roc_auc</c>, <c>log_loss</c>,
    /// without any prefix. A measure that the data does not define (AUROC of one class) is left out.
    /// </summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="positive">Id of the positive class; the last by default.</param>
    /// <param name="threshold">Of the positive class's probability, for two classes; null takes the likelier class.</param>
    public static IReadOnlyDictionary<string, double> Measure(Predictions predictions, int? positive = null, double? threshold = null) => throw new NotImplementedException();
}
