using Dossier.Vision.Data;

namespace Dossier.Vision.Training;

/// <summary>Weights of classes for <see cref="TrainingArguments.ClassWeights"/>.</summary>
public static class ClassWeights
{
    /// <summary>
    /// Weights that let every class count the same in sum: pictures / (classes × pictures of the class), scikit-learn's <c>balanced</c>. A class without pictures
    /// gets 0.
    /// </summary>
    /// <param name="pictures">The training pictures.</param>
    /// <param name="classes">Class names; a name's place is its id.</param>
    public static IReadOnlyList<double> Balanced(IReadOnlyList<Picture> pictures, IReadOnlyList<string> classes)
    {
        var counts = pictures.CountBy(picture => picture.Label).ToDictionary();
        return [.. classes.Select(name => counts.TryGetValue(name, out var count) ? pictures.Count / ((double)classes.Count * count) : 0)];
    }
}
