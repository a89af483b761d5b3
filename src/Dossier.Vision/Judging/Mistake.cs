using Dossier.Vision.Data;

namespace Dossier.Vision.Judging;

/// <summary>A picture that was taken for another class.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="True">Its class.</param>
/// <param name="Said">The class that the model found likeliest.</param>
/// <param name="Probability">The probability of that class.</param>
public sealed record Mistake(Picture Picture, string True, string Said, double Probability)
{
    /// <summary>The mistakes that the model was surest of, the surest first.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="count">At most so many.</param>
    public static IReadOnlyList<Mistake> Worst(Predictions predictions, int count)
    {
        var probabilities = new Probabilities(predictions);
        return
        [
            .. Enumerable.Range(0, probabilities.Count)
                .Select(picture => (Picture: picture, Said: probabilities.Likeliest(picture)))
                .Where(one => one.Said != probabilities.Targets[one.Picture])
                .Select(one => new Mistake(
                    predictions.Pictures[one.Picture],
                    predictions.Classes[probabilities.Targets[one.Picture]],
                    predictions.Classes[one.Said],
                    probabilities[one.Picture, one.Said]))
                .OrderByDescending(mistake => mistake.Probability)
                .ThenBy(mistake => mistake.Picture.Name, StringComparer.Ordinal)
                .Take(count),
        ];
    }
}
