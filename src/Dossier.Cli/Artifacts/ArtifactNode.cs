using Dossier.Protocol;

namespace Dossier.Cli.Artifacts;

/// <summary>A file or folder of an artifact tree.</summary>
/// <param name="Name">The last part of its path; empty for the root.</param>
/// <param name="Size">The file's size in bytes; null for folders, and for files whose size the server does not tell.</param>
/// <param name="Children">What a folder holds, ordered by name; null for a file.</param>
internal sealed record ArtifactNode(string Name, long? Size, IReadOnlyList<ArtifactNode>? Children)
{
    /// <summary>Whether it is a folder.</summary>
    public bool IsDir => Children is not null;

    /// <summary>The bytes of the file, or of all files below the folder.</summary>
    public long TotalSize => Children?.Sum(child => child.TotalSize) ?? Size ?? 0;

    /// <summary>The number of files below a folder; 1 for a file.</summary>
    public long FileCount => Children?.Sum(child => child.FileCount) ?? 1;

    /// <summary>The folder that holds these files.</summary>
    /// <param name="files">Files with paths relative to the folder.</param>
    public static ArtifactNode Root(IEnumerable<ArtifactFile> files) =>
        Folder("", files.Select(file => (file.Path.Split('/'), file.FileSize)), depth: 0);

    private static ArtifactNode Folder(string name, IEnumerable<(string[] Path, long? Size)> files, int depth) => new(
        name,
        null,
        [
            .. files.GroupBy(file => file.Path[depth], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
                group.Any(file => file.Path.Length > depth + 1)
                    ? Folder(group.Key, group.Where(file => file.Path.Length > depth + 1), depth + 1)
                    : new ArtifactNode(group.Key, group.First().Size, null)),
        ]);
}
