using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>
/// The port to the store of artifact bytes. Paths are validated <see cref="ArtifactPath"/>s below the store's root; bytes stream,
/// nothing is held whole. A file appears whole or not at all, also through <c>kill -9</c>.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Writes a file over what was there.</summary>
    Task WriteAsync(ArtifactPath path, Stream content, CancellationToken cancel);

    /// <summary>Opens a file for reading (seekable where the store can); null if there is none or it is a folder.</summary>
    Task<ArtifactContent?> OpenAsync(ArtifactPath path, CancellationToken cancel);

    /// <summary>The direct children of a folder, ordered by path, with paths relative to the folder; empty if there is no such folder.</summary>
    Task<IReadOnlyList<ArtifactFile>> ListAsync(ArtifactPath path, CancellationToken cancel);

    /// <summary>Deletes a file or a folder with all below; false if there was nothing.</summary>
    Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel);

    /// <summary>Starts a multipart upload of one file and gives its unguessable id.</summary>
    Task<string> CreateUploadAsync(ArtifactPath path, CancellationToken cancel);

    /// <summary>Stores one part (number from 1 to 10,000) and gives its ETag.</summary>
    Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancel);

    /// <summary>Joins the parts, in the order of their numbers, to the file. Throws <c>INVALID_PARAMETER_VALUE</c> for a missing part or wrong ETag,
    /// <c>RESOURCE_DOES_NOT_EXIST</c> for an unknown upload or one of another path.</summary>
    Task CompleteUploadAsync(ArtifactPath path, string uploadId, IReadOnlyList<UploadedPart> parts, CancellationToken cancel);

    /// <summary>Forgets an upload and its parts; an unknown one is harmless.</summary>
    Task AbortUploadAsync(ArtifactPath path, string uploadId, CancellationToken cancel);
}
