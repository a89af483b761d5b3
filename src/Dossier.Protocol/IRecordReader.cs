namespace Dossier.Protocol;

/// <summary>
/// Reads a model's record: the port through which reports see a server. Answers are JSON text as the server writes it, so that member
/// order and members we do not know (Databricks adds <c>id</c>, <c>permission_level</c>, …) survive.
/// </summary>
/// <remarks>
/// Every call that the server refuses, or that cannot reach it, ends in a <see cref="ProtocolException"/>; nothing else is thrown
/// but <see cref="OperationCanceledException"/>. Implementations retry what is safe to retry, and take calls from many threads at
/// once. All calls are reads.
/// </remarks>
public interface IRecordReader
{
    /// <summary>The tracking URI as the user configured it, e.g. <c>http://localhost:5000</c> or <c>databricks://profile</c>; without credentials.</summary>
    string TrackingUri { get; }

    /// <summary>The base of the record's links, without trailing slash, e.g. <c>https://e2-demo-west.cloud.databricks.com</c>.</summary>
    string Host { get; }

    /// <summary>Whether the server is a Databricks workspace.</summary>
    bool IsDatabricks { get; }

    /// <summary>Whether a registered model of this name is kept in Databricks' Unity Catalog, not in a workspace's registry.</summary>
    bool InUnityCatalog(string modelName);

    /// <summary>
    /// Finds the version that a <c>models:/</c> URI means: looks up stages, aliases and <c>latest</c>, not numbers. Null when the URI
    /// names no registered model.
    /// </summary>
    /// <exception cref="ProtocolException">There is no such model or alias, or no version in that stage.</exception>
    Task<VersionKey?> FindVersionAsync(ModelUri uri, CancellationToken cancellationToken);

    /// <summary>Asks one question and returns the answer as JSON text.</summary>
    /// <exception cref="ProtocolException">The server refused, with its error code; or it could not be reached.</exception>
    Task<string> ReadAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the direct children of a directory, one page of them, as the JSON of <c>artifacts/list</c>:
    /// <c>{"files": [{"path", "is_dir", "file_size"}], "next_page_token"}</c>. Of <c>path</c> only the last segment is relied upon,
    /// since servers differ in what it is relative to. An absent or empty directory is <c>{}</c>.
    /// </summary>
    /// <param name="location">The directory.</param>
    /// <param name="pageToken">Null for the first page, then <c>next_page_token</c> of the page before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">As <see cref="ReadAsync"/>; <c>NOT_IMPLEMENTED</c> for a URI scheme that cannot be read.</exception>
    Task<string> ListArtifactsAsync(ArtifactLocation location, string? pageToken, CancellationToken cancellationToken);

    /// <summary>Opens a file for reading from its start; the caller disposes the stream.</summary>
    /// <exception cref="ProtocolException">As <see cref="ListArtifactsAsync"/>; <c>RESOURCE_DOES_NOT_EXIST</c> when there is no such file.</exception>
    Task<Stream> OpenArtifactAsync(ArtifactLocation location, CancellationToken cancellationToken);
}
