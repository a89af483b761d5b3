namespace Dossier.Vision.Data;

/// <summary>A data set in three parts.</summary>
/// <param name="Set">What was split.</param>
/// <param name="Train">For training.</param>
/// <param name="Validation">For choosing the epoch and the threshold.</param>
/// <param name="Test">For the final word, never looked at before.</param>
/// <param name="Method">How it was split.</param>
public sealed record Splits(
    PictureSet Set, IReadOnlyList<Picture> Train, IReadOnlyList<Picture> Validation, IReadOnlyList<Picture> Test, SplitMethod Method)
{
    /// <summary>The seed that it was split with; null where none had a say.</summary>
    public int? Seed { get; init; }

    /// <summary>The parts by their names in the record: <c>train</c>, <c>validation</c>, <c>test</c>.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Picture> Pictures)> Parts => [("train", Train), ("validation", Validation), ("test", Test)];
}

/// <summary>What is kept together when a data set is split.</summary>
public enum SplitMethod
{
    /// <summary>Pictures made from one source (exact and near duplicates) stay together; stratified by class.</summary>
    Source,

    /// <summary>Each row by itself, as many notebooks do; leaks wherever the data holds copies.</summary>
    Row,

    /// <summary>As the source's column <c>split</c> says; a part that it never names is taken from training, by source.</summary>
    Given,
}
