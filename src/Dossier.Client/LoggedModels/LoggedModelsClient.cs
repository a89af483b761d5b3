using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Calls about logged models (servers of protocol 3.x). Every call throws <see cref="ProtocolException"/> when the server refuses
/// or can't be reached.
/// </summary>
public sealed class LoggedModelsClient
{
    private readonly Api _api;

    internal LoggedModelsClient(Api api) => _api = api;

    /// <summary>Creates a logged model in state <c>LOGGED_MODEL_PENDING</c>; upload its files to its artifact URI, then finalize it.</summary>
    public async Task<LoggedModel> CreateAsync(CreateLoggedModel model, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateLoggedModel, LoggedModelAnswer>(
            HttpMethod.Post, "logged-models", model, Repeat.OnlyIfNothingHappened, cancellationToken)).Model;

    /// <summary>A logged model with its params, metrics and tags.</summary>
    public async Task<LoggedModel> GetAsync(string modelId, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<LoggedModelAnswer>(Path(modelId), new Query(), cancellationToken)).Model;

    /// <summary>Says how the upload ended.</summary>
    /// <param name="modelId">The logged model.</param>
    /// <param name="status"><see cref="LoggedModelStatus.Ready"/> or <see cref="LoggedModelStatus.UploadFailed"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<LoggedModel> FinalizeAsync(string modelId, string status, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<FinalizeLoggedModel, LoggedModelAnswer>(
            HttpMethod.Patch, Path(modelId), new(modelId, status), Repeat.Safe, cancellationToken)).Model;

    /// <summary>Deletes a logged model.</summary>
    public Task DeleteAsync(string modelId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Delete, Path(modelId), new FinalizeLoggedModel(modelId, null), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Sets tags, over earlier values.</summary>
    public Task SetTagsAsync(string modelId, IReadOnlyList<Tag> tags, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Patch, Path(modelId) + "/tags", new SetLoggedModelTags(modelId, tags), Repeat.Safe, cancellationToken);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(string modelId, string key, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Delete,
            $"{Path(modelId)}/tags/{Uri.EscapeDataString(key)}",
            new SetLoggedModelTags(modelId, null),
            Repeat.OnlyIfNothingHappened,
            cancellationToken);

    /// <summary>Adds params.</summary>
    public Task LogParamsAsync(string modelId, IReadOnlyList<Param> modelParams, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Post, Path(modelId) + "/params", new LogLoggedModelParams(modelId, modelParams), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>One page of the logged models that match.</summary>
    public Task<LoggedModelsPage> SearchPageAsync(SearchLoggedModels search, CancellationToken cancellationToken = default) =>
        _api.SendAsync<SearchLoggedModels, LoggedModelsPage>(HttpMethod.Post, "logged-models/search", search, Repeat.Safe, cancellationToken);

    /// <summary>All logged models that match; <see cref="SearchLoggedModels.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<LoggedModel> SearchAsync(SearchLoggedModels search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await SearchPageAsync(search with { PageToken = token }, stop);
                return (page.Models, page.NextPageToken);
            },
            search.PageToken,
            cancellationToken);
    }

    private static string Path(string modelId) => "logged-models/" + Uri.EscapeDataString(modelId);
}
