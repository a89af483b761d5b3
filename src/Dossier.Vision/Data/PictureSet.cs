namespace Dossier.Vision.Data;

/// <summary>A data set as it was read: its pictures, and what was left out.</summary>
public sealed record PictureSet
{
    /// <summary>The name, e.g. the folder's.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was read from: an absolute path.</summary>
    public required string Source { get; init; }

    /// <summary><c>folder</c>, <c>csv</c> or <c>parquet</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The classes; a class's place is its id. One called <c>normal</c>, <c>good</c> or <c>ok</c> comes first, the rest in ordinal order.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>All readable pictures, in the order of their names.</summary>
    public required IReadOnlyList<Picture> Pictures { get; init; }

    /// <summary>What could not be read, and why.</summary>
    public required IReadOnlyList<SkippedPicture> Skipped { get; init; }

    /// <summary>A fingerprint of names, labels and contents, up to 36 characters: the same on every machine for the same data.</summary>
    public required string Digest { get; init; }
}

/// <summary>A picture that is left out.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Why">What is wrong with it.</param>
public sealed record SkippedPicture(string Name, string Why);
