namespace Dossier.Vision.Data.Sources;

/// <summary>A folder of class folders, each with pictures at any depth; above them there may be folders of a split (<c>train</c>, <c>test</c>, …).</summary>
internal static class FolderSource
{
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    public static PictureSource Open(string path)
    {
        var root = new DataRoot(path);
        var top = FoldersOf(path);
        var splits = top.Length > 0 && top.All(folder => PartNames.Normalize(Path.GetFileName(folder)) is not null);
        var classes = splits
            ? top.SelectMany(split => FoldersOf(split).Select(folder => (Folder: folder, Split: (string?)Path.GetFileName(split))))
            : top.Select(folder => (Folder: folder, Split: (string?)null));
        var rows = classes.SelectMany(one => RowsOf(root, path, one.Folder, one.Split)).Take(PictureSource.MaxRows + 1).ToArray();
        return rows.Length switch
        {
            0 => throw new VisionException(
                $"No pictures are in class folders of {path}. Expected: a folder for each class with its pictures in it, or a CSV file with the columns image and label, or Parquet files."),
            > PictureSource.MaxRows => throw new VisionException($"{path} has more than {PictureSource.MaxRows:N0} pictures, which is the most."),
            _ => new PictureSource("folder", rows.Length, rows.ToAsyncEnumerable()),
        };
    }

    private static IEnumerable<SourceRow> RowsOf(DataRoot root, string path, string folder, string? split) =>
        FilesOf(folder).Where(PictureFile.IsPicture).Select(file =>
        {
            var name = Path.GetRelativePath(path, file).Replace('\\', '/');
            return new SourceRow(name, name, Path.GetFileName(folder), cancellationToken => PictureFile.ReadAsync(root, name, cancellationToken)) { Split = split };
        });

    // A folder that is a link is not entered: it may lead out, or in a circle.
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", Visible).Order(StringComparer.Ordinal).Concat(FoldersOf(folder).SelectMany(FilesOf));

    private static string[] FoldersOf(string folder) =>
        [.. Directory.EnumerateDirectories(folder, "*", Visible).Where(one => new DirectoryInfo(one).LinkTarget is null).Order(StringComparer.Ordinal)];
}
