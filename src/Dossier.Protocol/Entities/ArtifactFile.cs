namespace Dossier.Protocol;

/// <summary>A file or folder in an artifact listing.</summary>
public sealed record ArtifactFile
{
    /// <summary>The path, relative to what the listing's route says (run root or listed folder), with <c>/</c>.</summary>
    public string Path { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it is a folder.</summary>
    public bool IsDir { get; init; }

    /// <summary>The size in bytes; absent for a folder.</summary>
    public long? FileSize { get; init; }
}
