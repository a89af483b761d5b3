namespace Dossier.Protocol;

/// <summary>Answer of the listing routes.</summary>
/// <param name="RootUri">The run's artifact URI; absent in listings by proxy path.</param>
/// <param name="Files">Files and folders, ordered by path.</param>
/// <param name="NextPageToken">Where the page ended.</param>
public sealed record ArtifactsAnswer(string? RootUri, IReadOnlyList<ArtifactFile>? Files, string? NextPageToken = null);

/// <summary>POST <c>mpu/create/{path}</c>: start a multipart upload.</summary>
/// <param name="Path">The local file's path at the client; only its last part names the artifact.</param>
/// <param name="NumParts">How many parts will come.</param>
public sealed record CreateMultipartUpload(string? Path, long? NumParts);

/// <summary>Answer of <c>mpu/create/{path}</c>.</summary>
public sealed record MultipartUpload(string UploadId, IReadOnlyList<PartCredential> Credentials);

/// <summary>Where one part is put.</summary>
public sealed record PartCredential
{
    /// <summary>The URL to PUT the bytes to.</summary>
    public string Url { get; init => field = value ?? ""; } = "";

    /// <summary>The part's number, from 1.</summary>
    public int PartNumber { get; init; }

    /// <summary>Headers to send along.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}

/// <summary>A part that was put.</summary>
public sealed record UploadedPart(int PartNumber, string? Etag, string? Url);

/// <summary>POST <c>mpu/complete/{path}</c>.</summary>
public sealed record CompleteMultipartUpload(string? Path, string? UploadId, IReadOnlyList<UploadedPart>? Parts);

/// <summary>POST <c>mpu/abort/{path}</c>.</summary>
public sealed record AbortMultipartUpload(string? Path, string? UploadId);
