using Dossier.Vision.Data.Sources;

namespace Dossier.Vision.Inference;

/// <summary>Finds pictures to classify, whose classes nobody has said.</summary>
public static class UnlabelledPictures
{
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    /// <summary>The pictures of a folder with all that is below it (links are not followed), one picture, or those of a Parquet file or a folder of such files.</summary>
    /// <remarks>Parquet has a binary column <c>content</c> or <c>image</c>, as data sets have; labels need not be there. One row group is in memory at a time.</remarks>
    /// <param name="path">A folder or a file.</param>
    /// <param name="cancellationToken">Ends the opening, and the reading of Parquet.</param>
    /// <returns>Their number, 0 where that is not known before, and the pictures in the order of their names, or of the rows.</returns>
    /// <exception cref="VisionException">There is none, or both are there; or, while they come, a Parquet file is damaged.</exception>
    public static async Task<(int Total, IAsyncEnumerable<NamedPicture> Pictures)> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            return Path.GetExtension(full).Equals(".parquet", StringComparison.OrdinalIgnoreCase)
                ? await OfRowsAsync([full], cancellationToken)
                : (1, new[] { OfFile(Path.GetDirectoryName(full)!, full) }.ToAsyncEnumerable());
        }

        if (!Directory.Exists(full))
        {
            throw new VisionException($"{full} does not exist.");
        }

        var files = FilesOf(full).ToList();
        var tables = Directory.GetFiles(full, "*.parquet").Order(StringComparer.Ordinal).ToArray();
        return (files.Count, tables.Length) switch
        {
            (0, 0) => throw new VisionException($"No pictures are in {full} or below it, and no Parquet files in it."),
            (0, _) => await OfRowsAsync(tables, cancellationToken),
            (_, 0) => (files.Count, files.ToAsyncEnumerable().Select(file => OfFile(full, file))),
            _ => throw new VisionException($"{full} has both pictures ({files.Count:N0}) and Parquet files ({tables.Length:N0}); name a folder of one kind, or a file."),
        };
    }

    /// <summary>Reads a picture's file, <see cref="Pictures.PictureDecoder.MaxBytes"/> at most.</summary>
    /// <exception cref="VisionException">It is missing or too large.</exception>
    public static ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string file, CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(file);
        return OfFile(Path.GetDirectoryName(full)!, full).ReadAsync(cancellationToken);
    }

    private static NamedPicture OfFile(string folder, string file)
    {
        var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
        var root = new DataRoot(folder);
        return new(name, cancellationToken => PictureFile.ReadAsync(root, name, cancellationToken));
    }

    private static async Task<(int Total, IAsyncEnumerable<NamedPicture> Pictures)> OfRowsAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        var rows = new ParquetRows(tables, labelled: false);
        var total = await rows.CountAsync(cancellationToken);
        return total switch
        {
            0 => throw new VisionException($"{string.Join(", ", tables.Take(3))} has no rows, so there are no pictures."),
            > int.MaxValue => (0, rows.ReadAsync(cancellationToken).Select(OfRow)),
            _ => ((int)total, rows.ReadAsync(cancellationToken).Select(OfRow)),
        };
    }

    private static NamedPicture OfRow(ParquetRow row) =>
        new(row.Name, _ => row.Fault is { } fault ? throw new VisionException(fault) : ValueTask.FromResult<ReadOnlyMemory<byte>>(row.Content));

    // A folder that is a link is not entered: it may lead in a circle.
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", Visible).Where(PictureFile.IsPicture).Order(StringComparer.Ordinal).Concat(
            Directory.EnumerateDirectories(folder, "*", Visible).Where(one => new DirectoryInfo(one).LinkTarget is null).Order(StringComparer.Ordinal).SelectMany(FilesOf));
}
