using Dossier.Vision.Data.Sources;

namespace Dossier.Vision.Data;

/// <summary>
/// Reads data sets: a folder of class folders; a folder with a CSV file (VisA's <c>image_anno.csv</c> with <c>image</c> and <c>label</c> as it is);
/// a Parquet file, or a folder of them, with a binary column.
/// </summary>
public static class PictureSets
{
    /// <summary>Reads and checks every picture once, on all cores.</summary>
    /// <param name="path">A folder, a <c>.csv</c> or a <c>.parquet</c> file.</param>
    /// <param name="options">What the source does not say itself.</param>
    /// <param name="progress">Pictures done and, once known, their number.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="VisionException">Nothing usable is there, or a label is unknown.</exception>
    public static async Task<PictureSet> ReadAsync(
        string path, PictureSetOptions? options = null, IProgress<(int Done, int Total)>? progress = null, CancellationToken cancellationToken = default)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var source = await OpenAsync(full, options?.Classes, cancellationToken);
        var (pictures, skipped) = await SourceReader.ReadAsync(source, options?.Classes, progress, cancellationToken);
        if (pictures.Count == 0)
        {
            var reasons = string.Concat(skipped.Take(3).Select(one => $" {one.Name}: {one.Why}"));
            throw new VisionException(skipped.Count == 0
                ? $"No pictures are in {full}."
                : $"None of the {skipped.Count:N0} pictures in {full} can be read.{reasons}");
        }

        return new PictureSet
        {
            Name = options?.Name ?? Path.GetFileNameWithoutExtension(full),
            Source = full,
            Format = source.Format,
            Classes = options?.Classes ?? ClassNames.Order(pictures.Select(picture => picture.Label)),
            Pictures = pictures,
            Skipped = skipped,
            Digest = PictureDigest.Of(pictures),
        };
    }

    private static async Task<PictureSource> OpenAsync(string path, IReadOnlyList<string>? classes, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".csv" => CsvSource.Open(path, classes),
                ".parquet" => await ParquetSource.OpenAsync([path], cancellationToken),
                _ => throw new VisionException($"{path} is neither a folder nor a .csv or .parquet file."),
            };
        }

        if (!Directory.Exists(path))
        {
            throw new VisionException($"{path} does not exist.");
        }

        var (lists, tables) = (Directory.GetFiles(path, "*.csv"), Directory.GetFiles(path, "*.parquet").Order(StringComparer.Ordinal).ToArray());
        var list = Array.Find(lists, one => Path.GetFileName(one) == CsvSource.VisaName) ?? (lists.Length == 1 ? lists[0] : null);
        return (list, lists.Length, tables.Length) switch
        {
            ({ } one, _, 0) => CsvSource.Open(one, classes),
            (_, 0, > 0) => await ParquetSource.OpenAsync(tables, cancellationToken),
            (_, 0, 0) => FolderSource.Open(path),
            _ => throw new VisionException($"{path} has {lists.Length} CSV and {tables.Length} Parquet files; name the one that lists the pictures."),
        };
    }
}

/// <summary>How a data set is read.</summary>
public sealed record PictureSetOptions
{
    /// <summary>The name; null for the file's or folder's.</summary>
    public string? Name { get; init; }

    /// <summary>The only classes there may be, in the order of their ids; null takes what the source has.</summary>
    public IReadOnlyList<string>? Classes { get; init; }
}
