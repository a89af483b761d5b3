using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about directories, which contain experiments and pass permissions on to them (Dossier and Databricks servers). Every call throws
/// <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed class WorkspaceClient
{
    private readonly Api _api;

    internal WorkspaceClient(Api api) => _api = api;

    /// <summary>The directory or experiment at an absolute path.</summary>
    public Task<WorkspaceObject> GetAsync(string path, CancellationToken cancellationToken = default) =>
        _api.GetAsync<WorkspaceObject>("/api/2.0/workspace/get-status", new Query().Add("path", path), cancellationToken);

    /// <summary>The directories directly in a directory, and the experiments in it that the caller may read.</summary>
    public async Task<IReadOnlyList<WorkspaceObject>> ListAsync(string path, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<WorkspaceObjects>("/api/2.0/workspace/list", new Query().Add("path", path), cancellationToken)).Objects ?? [];

    /// <summary>Makes a directory and those above it that are missing; harmless if it is there.</summary>
    public Task MakeDirectoryAsync(string path, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "/api/2.0/workspace/mkdirs", new MakeDirectory(path), Repeat.Safe, cancellationToken);
}
