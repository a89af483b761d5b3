namespace Dossier.Cli.Artifacts;

/// <summary>A file or folder of an artifact tree.</summary>
/// <param name="Path">The path below the tree's root, with <c>/</c>; empty for the root.</param>
/// <param name="Size">The file's size in bytes; null for folders, and for files whose size the server does not tell.</param>
/// <param name="Children">What a folder holds, ordered by name; null for a file.</param>
internal sealed record ArtifactNode(string Path, long? Size, IReadOnlyList<ArtifactNode>? Children)
{
    /// <summary>The last part of <see cref="Path"/>.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Whether it is a folder.</summary>
    public bool IsDir => Children is not null;

    /// <summary>The bytes of the file, or of all files below the folder.</summary>
    public long TotalSize => Children?.Sum(child => child.TotalSize) ?? Size ?? 0;

    /// <summary>The number of files below a folder; 1 for a file.</summary>
    public long FileCount => Children?.Sum(child => child.FileCount) ?? 1;

    /// <summary>Everything below it, each folder before what it holds.</summary>
    public IEnumerable<ArtifactNode> Descendants() => (Children ?? []).SelectMany(child => child.Descendants().Prepend(child));
}
