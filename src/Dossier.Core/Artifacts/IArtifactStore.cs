using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>
/// The port to the store of artifact bytes: a folder, or an object store. Paths are validated <see cref="ArtifactPath"/>s below the
/// store's root. Bytes stream; nothing is held whole in memory. A file appears whole or not at all, also through <c>kill -9</c>, and
/// once a write has returned, readers see the new file. A folder exists as long as there is a file below it; where the store has real
/// folders, an empty one may be listed too. Errors of the request are <see cref="ProtocolException"/>s, failures of the store are
/// <see cref="IOException"/>s.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Writes a file, replacing what was there. If reading <paramref name="content"/> fails or is cancelled, nothing has changed.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for the root and where the store knows that the path is a folder's or leads
    /// through a file.</exception>
    Task WriteAsync(ArtifactPath path, Stream content, CancellationToken cancellationToken);

    /// <summary>What is known of a file without opening it; null if there is no such file or it is a folder.</summary>
    Task<ArtifactInfo?> FindAsync(ArtifactPath path, CancellationToken cancellationToken);

    /// <summary>Opens a file, or a range of it, for reading; null if there is no such file or it is a folder. The answer stays that of one state of the
    /// file, even if it is replaced while it is read.</summary>
    Task<ArtifactContent?> OpenAsync(ArtifactPath path, ArtifactRange range, CancellationToken cancellationToken);

    /// <summary>
    /// A page of the direct children of a folder, with paths relative to it; empty if there is no such folder. A page is in ordinal order of the
    /// paths; the pages follow each other in an order of the store's. A child that is there all the time is listed exactly once.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="maxResults">The most children of the page, at least 1. A store may return fewer even if there are more.</param>
    /// <param name="pageToken">The previous page's <see cref="ArtifactPage.NextPageToken"/>; null or empty for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for a page token that cannot be one of this store's.</exception>
    Task<ArtifactPage> ListAsync(ArtifactPath folder, int maxResults, string? pageToken, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a file, or a folder with everything below it, as far as one call can: see <see cref="ArtifactDeletion"/>. What is written below the folder
    /// during the call may be deleted or not; what is written afterwards stays. A failed or cancelled call may have deleted a part: call again.
    /// </summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for the root.</exception>
    Task<ArtifactDeletion> DeleteAsync(ArtifactPath path, CancellationToken cancellationToken);

    /// <summary>
    /// A URL from which a client can read the file without asking this server again; null where the store has none to give, so that reads go through
    /// <see cref="OpenAsync"/>. Whether the file exists is not checked.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="lifetime">How long the credential is valid.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<DownloadCredential?> FindDownloadAsync(ArtifactPath path, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a multipart upload of one file and returns its unguessable id with a credential for each part: presigned URLs of an object store, or URLs of
    /// this server, which passes what it receives there to <see cref="WritePartAsync"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="parts">How many parts will come, 1 to 10,000.</param>
    /// <param name="server">Where this server receives parts, without a trailing slash: it takes them at <c>{server}/{upload id}/{part number}</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProtocolException">As <see cref="WriteAsync"/>.</exception>
    Task<MultipartUpload> CreateUploadAsync(ArtifactPath path, int parts, string server, CancellationToken cancellationToken);

    /// <summary>Stores one part that came to this server. A part sent again counts as it was sent last; an earlier ETag of it need not be accepted any more.</summary>
    /// <returns>The part's ETag, without quotes.</returns>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> for an unknown upload, also where this store's parts never come to this server;
    /// <c>INVALID_PARAMETER_VALUE</c> for a part number outside of 1 to 10,000.</exception>
    Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancellationToken);

    /// <summary>Joins the parts, in the order of their numbers, to the file.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for a missing part or a wrong ETag, and the upload goes on;
    /// <c>RESOURCE_DOES_NOT_EXIST</c> for an unknown upload or one of another path.</exception>
    Task CompleteUploadAsync(ArtifactPath path, string uploadId, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken);

    /// <summary>Forgets an upload and its parts; an unknown one, or one of another path, is harmless.</summary>
    Task AbortUploadAsync(ArtifactPath path, string uploadId, CancellationToken cancellationToken);
}

/// <summary>A page of a folder's children.</summary>
/// <param name="Files">Files and folders, in ordinal order of their paths.</param>
/// <param name="NextPageToken">Where the next page begins; null after the last. Clients may see it, so it holds no secret.</param>
public sealed record ArtifactPage(IReadOnlyList<ArtifactFile> Files, string? NextPageToken);

/// <summary>How far a deletion got. A folder of a file system goes at once; an object store deletes file by file, many to a request.</summary>
public enum ArtifactDeletion
{
    /// <summary>There was nothing to delete.</summary>
    NotFound,

    /// <summary>Everything that was there is gone.</summary>
    Complete,

    /// <summary>Some files are deleted, others are still there and still listed. Calling again goes on with what is left; the store keeps no list of its own.</summary>
    Partial,
}

/// <summary>Lets a client read one file directly from the store.</summary>
/// <param name="Url">The URL to GET. It is a secret: whoever has it can read the file.</param>
/// <param name="Headers">Headers to send along.</param>
public sealed record DownloadCredential(Uri Url, IReadOnlyDictionary<string, string> Headers);
