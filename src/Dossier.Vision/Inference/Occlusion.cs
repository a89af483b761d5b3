using Dossier.Vision.Pictures;

namespace Dossier.Vision.Inference;

/// <summary>Explains a classification: how much the class's score falls when a patch is covered.</summary>
public static class Occlusion
{
    /// <summary>Covers each patch in turn with the picture's mean colour, all in batches.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="label">The class to explain; null for the likeliest.</param>
    /// <exception cref="VisionException">There is no such class.</exception>
    public static HeatMap Explain(PictureClassifier classifier, Raster picture, string? label = null) => throw new NotImplementedException();
}

/// <summary>Where a classifier looked.</summary>
/// <param name="Label">The class explained.</param>
/// <param name="Score">Its probability on the whole picture.</param>
/// <param name="Columns">Patches across.</param>
/// <param name="Rows">Patches down.</param>
/// <param name="Drops">How far the class's logit falls when a patch is covered, row-major; negative where covering helps.</param>
public sealed record HeatMap(string Label, double Score, int Columns, int Rows, IReadOnlyList<double> Drops)
{
    /// <summary>The picture with the map over it: red speaks for the class, blue against it.</summary>
    public Raster Over(Raster picture) => throw new NotImplementedException();
}
