namespace Dossier.Vision.Judging;

/// <summary>Whether probabilities are to be believed: of the pictures given 80 %, are 80 % positive?</summary>
/// <param name="Bins">The bins that hold pictures, from the lowest probability up.</param>
/// <param name="ExpectedError">The expected calibration error: the gap between mean probability and share, averaged over pictures.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double ExpectedError)
{
    /// <summary>Sorts pictures into bins of equal width.</summary>
    /// <remarks>
    /// For two classes it is the positive class's probability and whether that class is true, as scikit-learn's <c>calibration_curve</c> has it; for more, the
    /// probability of the predicted class and whether it is right.
    /// </remarks>
    /// <param name="predictions">The predictions.</param>
    /// <param name="positive">Id of the positive class, for two classes; the last by default.</param>
    /// <param name="bins">Their number.</param>
    public static Calibration Of(Predictions predictions, int? positive = null, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var probabilities = new Probabilities(predictions);
        var id = probabilities.Positive(positive);
        var filled = Enumerable.Range(0, probabilities.Count)
            .Select(picture => (Picture: picture, Id: probabilities.Classes == 2 ? id : probabilities.Likeliest(picture)))
            .Select(one => (Probability: probabilities[one.Picture, one.Id], IsTrue: probabilities.Targets[one.Picture] == one.Id))
            .GroupBy(one => Bin(one.Probability, bins))
            .OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(
                (double)bin.Key / bins, (bin.Key + 1.0) / bins, bin.Count(), bin.Average(one => one.Probability), bin.Average(one => one.IsTrue ? 1.0 : 0)))
            .ToList();
        return new(filled, filled.Sum(bin => bin.Count * Math.Abs(bin.Share - bin.MeanProbability)) / probabilities.Count);
    }

    // A probability on the border belongs to the lower bin, as scikit-learn has it.
    private static int Bin(double probability, int bins)
    {
        var bin = Math.Min((int)(probability * bins), bins - 1);
        return bin > 0 && probability <= (double)bin / bins ? bin - 1 : bin;
    }
}

/// <summary>Pictures of about the same probability.</summary>
/// <param name="From">Above this probability.</param>
/// <param name="To">Up to this one.</param>
/// <param name="Count">The pictures.</param>
/// <param name="MeanProbability">Their mean probability.</param>
/// <param name="Share">The share of them that truly are what was said.</param>
public sealed record CalibrationBin(double From, double To, int Count, double MeanProbability, double Share);
