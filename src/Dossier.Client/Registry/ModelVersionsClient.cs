using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about the versions of registered models. Every call throws <see cref="ProtocolException"/> when the server refuses or
/// can't be reached.
/// </summary>
public sealed class ModelVersionsClient
{
    private readonly Api _api;

    internal ModelVersionsClient(Api api) => _api = api;

    /// <summary>Creates the next version of a registered model.</summary>
    public async Task<ModelVersion> CreateAsync(CreateModelVersion version, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateModelVersion, ModelVersionAnswer>(
            HttpMethod.Post, "model-versions/create", version, Repeat.OnlyIfNothingHappened, cancellationToken)).ModelVersion;

    /// <summary>A version with its tags and aliases.</summary>
    public async Task<ModelVersion> GetAsync(string name, string version, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<ModelVersionAnswer>("model-versions/get", Key(name, version), cancellationToken)).ModelVersion;

    /// <summary>Where the version's files are, as an artifact URI.</summary>
    public async Task<string> GetDownloadUriAsync(string name, string version, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<DownloadUriAnswer>("model-versions/get-download-uri", Key(name, version), cancellationToken)).ArtifactUri;

    /// <summary>Changes the description.</summary>
    public async Task<ModelVersion> UpdateAsync(string name, string version, string description, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<UpdateModelVersion, ModelVersionAnswer>(
            HttpMethod.Patch, "model-versions/update", new(name, version, description), Repeat.Safe, cancellationToken)).ModelVersion;

    /// <summary>Moves a version to a stage.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">The version.</param>
    /// <param name="stage">One of <see cref="ModelStage"/>.</param>
    /// <param name="archiveExisting">Whether the versions that are in this stage move to <c>Archived</c>; only for Staging and Production.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ModelVersion> TransitionStageAsync(
        string name, string version, string stage, bool archiveExisting = false, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<TransitionStage, ModelVersionAnswer>(
            HttpMethod.Post, "model-versions/transition-stage", new(name, version, stage, archiveExisting), Repeat.Safe, cancellationToken)).ModelVersion;

    /// <summary>Deletes a version, for good; its number is not used again.</summary>
    public Task DeleteAsync(string name, string version, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Delete, "model-versions/delete", new ModelVersionRef(name, version), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Sets a tag, over an earlier value.</summary>
    public Task SetTagAsync(string name, string version, string key, string value, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "model-versions/set-tag", new SetModelVersionTag(name, version, key, value), Repeat.Safe, cancellationToken);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(string name, string version, string key, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Delete, "model-versions/delete-tag", new DeleteModelVersionTag(name, version, key), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>One page of the versions that match.</summary>
    public Task<ModelVersionsPage> SearchPageAsync(SearchRegistry search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _api.GetAsync<ModelVersionsPage>("model-versions/search", search.ToQuery(), cancellationToken);
    }

    /// <summary>All versions that match; <see cref="SearchRegistry.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<ModelVersion> SearchAsync(SearchRegistry search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await SearchPageAsync(search with { PageToken = token }, stop);
                return (page.ModelVersions, page.NextPageToken);
            },
            search.PageToken,
            cancellationToken);
    }

    private static Query Key(string name, string version) => new Query().Add("name", name).Add("version", version);
}
