namespace Dossier.Protocol;

/// <summary>Answer of the listing routes.</summary>
/// <param name="RootUri">The run's artifact URI; absent in listings by proxy path.</param>
/// <param name="Files">Files and folders, ordered by path.</param>
/// <param name="NextPageToken">Where the page ended.</param>
public sealed record ArtifactsAnswer(string? RootUri, IReadOnlyList<ArtifactFile>? Files, string? NextPageToken = null);

/// <summary>GET <c>artifacts/list</c>: a folder of a run.</summary>
public sealed record ListRunArtifacts
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; }

    /// <summary>The run, as old clients say it; read as <see cref="RunId"/> where that is missing.</summary>
    public string? RunUuid { get; init; }

    /// <summary>The folder; absent or empty: the run's artifact root.</summary>
    public string? Path { get; init; }

    /// <summary>Absent: the whole folder, since most clients read no further than the first answer; empty: its first page; else where the last page ended.</summary>
    public string? PageToken { get; init; }
}

/// <summary>GET <c>logged-models/{model_id}/artifacts/directories</c>: a folder of a logged model.</summary>
/// <param name="ModelId">The logged model.</param>
/// <param name="ArtifactDirectoryPath">The folder; absent or empty: the model's artifact root.</param>
/// <param name="PageToken">As in <see cref="ListRunArtifacts.PageToken"/>.</param>
public sealed record ListLoggedModelArtifacts(string? ModelId, string? ArtifactDirectoryPath, string? PageToken);

/// <summary>GET <c>mlflow-artifacts/artifacts</c>: a folder of the server's store.</summary>
public sealed record ListArtifacts(string? Path);

/// <summary>GET <c>get-artifact</c>: a file of a run.</summary>
public sealed record ReadRunArtifact
{
    /// <summary>The run.</summary>
    public string? RunId { get => string.IsNullOrEmpty(field) ? RunUuid : field; init; }

    /// <summary>The run, as old clients say it; read as <see cref="RunId"/> where that is missing.</summary>
    public string? RunUuid { get; init; }

    /// <summary>The file.</summary>
    public string? Path { get; init; }
}

/// <summary>GET <c>logged-models/{model_id}/artifacts/files</c>: a file of a logged model.</summary>
public sealed record ReadLoggedModelArtifact(string? ModelId, string? ArtifactFilePath);

/// <summary>GET <c>model-versions/get-artifact</c>: a file of a model version.</summary>
public sealed record ReadVersionArtifact(string? Name, string? Version, string? Path);

/// <summary>GET <c>mlflow-artifacts/artifacts/{path}</c>: a file of the server's store.</summary>
public sealed record ReadArtifact(string? Path);

/// <summary>PUT <c>mlflow-artifacts/artifacts/{path}</c>: the bytes are the body.</summary>
public sealed record WriteArtifact(string? Path);

/// <summary>DELETE <c>mlflow-artifacts/artifacts/{path}</c>: a file, or a folder with all in it.</summary>
public sealed record DeleteArtifact(string? Path);

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
