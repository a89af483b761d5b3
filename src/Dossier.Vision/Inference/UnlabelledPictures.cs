using Dossier.Vision.Data.Sources;

namespace Dossier.Vision.Inference;

/// <summary>Finds pictures to classify, whose classes nobody has said.</summary>
public static class UnlabelledPictures
{
    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    /// <summary>The pictures of a folder with all that is below it (links are not followed), or one file.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <returns>Their number, 0 where that is not known before, and the pictures in the order of their names.</returns>
    /// <exception cref="VisionException">There is none.</exception>
    public static (int Total, IAsyncEnumerable<NamedPicture> Pictures) Open(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            return (1, new[] { OfFile(Path.GetDirectoryName(full)!, full) }.ToAsyncEnumerable());
        }

        if (!Directory.Exists(full))
        {
            throw new VisionException($"{full} does not exist.");
        }

        var files = FilesOf(full).ToList();
        return files.Count == 0
            ? throw new VisionException($"No pictures are in {full} or below it.")
            : (files.Count, files.ToAsyncEnumerable().Select(file => OfFile(full, file)));
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

    // A folder that is a link is not entered: it may lead in a circle.
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", Visible).Where(PictureFile.IsPicture).Order(StringComparer.Ordinal).Concat(
            Directory.EnumerateDirectories(folder, "*", Visible).Where(one => new DirectoryInfo(one).LinkTarget is null).Order(StringComparer.Ordinal).SelectMany(FilesOf));
}
