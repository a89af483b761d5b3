namespace Dossier.Vision.Data;

/// <summary>
/// Reads data sets: a folder of class folders; a folder with a CSV file (VisA's <c>image_anno.csv</c> with <c>image</c> and <c>label</c> as it is);
/// a Parquet file, or a folder of them, with a binary column.
/// </summary>
public static class PictureSets
{
    /// <summary>Reads and checks every picture once.</summary>
    /// <param name="path">A folder, a <c>.csv</c> or a <c>.parquet</c> file.</param>
    /// <param name="options">What the source does not say itself.</param>
    /// <param name="progress">Pictures done and, once known, their number.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="VisionException">Nothing usable is there, or a label is unknown.</exception>
    public static Task<PictureSet> ReadAsync(
        string path, PictureSetOptions? options = null, IProgress<(int Done, int Total)>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}

/// <summary>How a data set is read.</summary>
public sealed record PictureSetOptions
{
    /// <summary>The name; null for the file's or folder's.</summary>
    public string? Name { get; init; }

    /// <summary>The only classes there may be, in the order of their ids; null takes what the source has.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}
