using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about registered models, their tags and aliases. Every call throws <see cref="ProtocolException"/> when the server
/// refuses or can't be reached.
/// </summary>
public sealed class RegisteredModelsClient
{
    private readonly Api _api;

    internal RegisteredModelsClient(Api api) => _api = api;

    /// <summary>Creates a registered model without versions.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_ALREADY_EXISTS</c>: the name is taken.</exception>
    public async Task<RegisteredModel> CreateAsync(CreateRegisteredModel model, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateRegisteredModel, RegisteredModelAnswer>(
            HttpMethod.Post, "registered-models/create", model, Repeat.OnlyIfNothingHappened, cancellationToken)).RegisteredModel;

    /// <summary>A registered model with the newest version of each stage, its tags and aliases.</summary>
    public async Task<RegisteredModel> GetAsync(string name, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<RegisteredModelAnswer>("registered-models/get", new Query().Add("name", name), cancellationToken)).RegisteredModel;

    /// <summary>The same with its id and what the caller may do with it (Dossier and Databricks servers).</summary>
    public async Task<RegisteredModel> GetDatabricksAsync(string name, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<DatabricksRegisteredModelAnswer>(
            "databricks/registered-models/get", new Query().Add("name", name), cancellationToken)).RegisteredModelDatabricks;

    /// <summary>Changes the description.</summary>
    public async Task<RegisteredModel> UpdateAsync(string name, string description, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<UpdateRegisteredModel, RegisteredModelAnswer>(
            HttpMethod.Patch, "registered-models/update", new(name, description), Repeat.Safe, cancellationToken)).RegisteredModel;

    /// <summary>Gives it a new name; versions, tags and aliases move along.</summary>
    public async Task<RegisteredModel> RenameAsync(string name, string newName, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<RenameRegisteredModel, RegisteredModelAnswer>(
            HttpMethod.Post, "registered-models/rename", new(name, newName), Repeat.OnlyIfNothingHappened, cancellationToken)).RegisteredModel;

    /// <summary>Deletes it with its versions, for good.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Delete, "registered-models/delete", new RegisteredModelRef(name), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>One page of the registered models that match.</summary>
    public Task<RegisteredModelsPage> SearchPageAsync(SearchRegistry search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _api.GetAsync<RegisteredModelsPage>("registered-models/search", search.ToQuery(), cancellationToken);
    }

    /// <summary>All registered models that match; <see cref="SearchRegistry.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<RegisteredModel> SearchAsync(SearchRegistry search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await SearchPageAsync(search with { PageToken = token }, stop);
                return (page.RegisteredModels, page.NextPageToken);
            },
            search.PageToken,
            cancellationToken);
    }

    /// <summary>The newest version of each stage.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="stages">Only these stages; null: all that have a version.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(
        string name, IReadOnlyList<string>? stages = null, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<GetLatestVersions, ModelVersionsPage>(
            HttpMethod.Post, "registered-models/get-latest-versions", new(name, stages), Repeat.Safe, cancellationToken)).ModelVersions ?? [];

    /// <summary>Sets a tag, over an earlier value.</summary>
    public Task SetTagAsync(string name, string key, string value, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "registered-models/set-tag", new SetRegisteredModelTag(name, key, value), Repeat.Safe, cancellationToken);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(string name, string key, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Delete, "registered-models/delete-tag", new DeleteRegisteredModelTag(name, key), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Points an alias to a version, away from the one it pointed to before.</summary>
    public Task SetAliasAsync(string name, string alias, string version, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "registered-models/alias", new SetModelAlias(name, alias, version), Repeat.Safe, cancellationToken);

    /// <summary>Deletes an alias; the version stays.</summary>
    public Task DeleteAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Delete, "registered-models/alias", new DeleteModelAlias(name, alias), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>The version that an alias points to.</summary>
    public async Task<ModelVersion> GetVersionByAliasAsync(string name, string alias, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<ModelVersionAnswer>(
            "registered-models/alias", new Query().Add("name", name).Add("alias", alias), cancellationToken)).ModelVersion;
}
