namespace Dossier.Core.Artifacts;

/// <summary>An open artifact.</summary>
/// <param name="Stream">The bytes; the receiver disposes it.</param>
/// <param name="Length">The size in bytes.</param>
/// <param name="LastModified">When it was written.</param>
public sealed record ArtifactContent(Stream Stream, long Length, DateTimeOffset LastModified);
