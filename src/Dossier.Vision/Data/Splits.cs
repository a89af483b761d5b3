namespace Dossier.Vision.Data;

/// <summary>A data set in three parts.</summary>
/// <param name="Set">What was split.</param>
/// <param name="Train">For training.</param>
/// <param name="Validation">For choosing the epoch and the threshold.</param>
/// <param name="Test">For the final word, never looked at before.</param>
/// <param name="Method">How it was split.</param>
public sealed record Splits(
    PictureSet Set, IReadOnlyList<Picture> Train, IReadOnlyList<Picture> Validation, IReadOnlyList<Picture> Test, SplitMethod Method);

/// <summary>What is kept together when a data set is split.</summary>
public enum SplitMethod
{
    /// <summary>Pictures made from one source (exact and near duplicates) stay together; stratified by class.</summary>
    Source,

    /// <summary>Each row by itself, as many notebooks do; leaks wherever the data holds copies.</summary>
    Row,

    /// <summary>As the source's column <c>split</c> says.</summary>
    Given,
}

/// <summary>Splits data sets.</summary>
public static class Splitter
{
    /// <summary>The same data, shares and seed give the same parts.</summary>
    /// <param name="set">What to split.</param>
    /// <param name="method">What stays together.</param>
    /// <param name="validationShare">Between 0 and 1.</param>
    /// <param name="testShare">Between 0 and 1.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="VisionException">A part would lack a class, or the shares make no sense.</exception>
    public static Splits Split(PictureSet set, SplitMethod method = SplitMethod.Source, double validationShare = 0.15, double testShare = 0.15, int seed = 42) =>
        throw new NotImplementedException();
}
