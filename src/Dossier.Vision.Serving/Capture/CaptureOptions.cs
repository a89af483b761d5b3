namespace Dossier.Vision.Serving.Capture;

/// <summary>What is kept of requests, and where.</summary>
public sealed record CaptureOptions
{
    /// <summary>The folder for the Parquet files; made if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the pictures themselves are kept, beside their hashes.</summary>
    public bool Pictures { get; init; }

    /// <summary>A file is ended with this many rows at the latest.</summary>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>A file is ended with this many bytes of pictures at the latest.</summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>A file is ended after this long at the latest, if it has rows.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(1);
}
