using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Calls about experiments. Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.</summary>
public sealed class ExperimentsClient
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(2);

    private readonly Api _api;

    internal ExperimentsClient(Api api) => _api = api;

    /// <summary>Creates an experiment and returns its id.</summary>
    /// <exception cref="ProtocolException"><c>RESOURCE_ALREADY_EXISTS</c>: the name is taken, also by a deleted experiment.</exception>
    public async Task<string> CreateAsync(CreateExperiment experiment, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<CreateExperiment, ExperimentCreated>(
            HttpMethod.Post, "experiments/create", experiment, Repeat.OnlyIfNothingHappened, cancellationToken)).ExperimentId;

    /// <summary>The experiment of an id; deleted ones too.</summary>
    public async Task<Experiment> GetAsync(string experimentId, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync<ExperimentAnswer>("experiments/get", new Query().Add("experiment_id", experimentId), cancellationToken)).Experiment;

    /// <summary>The experiment of a name, also if it is deleted; null if it does not exist.</summary>
    public async Task<Experiment?> FindByNameAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await _api.GetAsync<ExperimentAnswer>(
                "experiments/get-by-name", new Query().Add("experiment_name", name), cancellationToken)).Experiment;
        }
        catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceDoesNotExist)
        {
            return null;
        }
    }

    /// <summary>The experiment of a name, created if it does not exist; several callers may ask at once.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_STATE</c>: it is deleted, and must be restored first.</exception>
    public async Task<Experiment> GetOrCreateAsync(string name, CancellationToken cancellationToken = default)
    {
        var experiment = await FindByNameAsync(name, cancellationToken) ?? await CreateOrFindAsync(name, cancellationToken);
        return experiment.LifecycleStage == LifecycleStage.Deleted
            ? throw new ProtocolException(ErrorCode.InvalidState, $"Experiment '{name}' is deleted: restore it or use another name.")
            : experiment;
    }

    /// <summary>Gives an experiment a new name.</summary>
    public Task RenameAsync(string experimentId, string newName, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "experiments/update", new UpdateExperiment(experimentId, newName), Repeat.Safe, cancellationToken);

    /// <summary>Deletes an experiment with its runs; it can be restored.</summary>
    public Task DeleteAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "experiments/delete", new ExperimentRef(experimentId), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Brings a deleted experiment back, with its runs.</summary>
    public Task RestoreAsync(string experimentId, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "experiments/restore", new ExperimentRef(experimentId), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>Sets a tag, over an earlier value.</summary>
    public Task SetTagAsync(string experimentId, string key, string value, CancellationToken cancellationToken = default) =>
        _api.SendAsync(HttpMethod.Post, "experiments/set-experiment-tag", new SetExperimentTag(experimentId, key, value), Repeat.Safe, cancellationToken);

    /// <summary>Deletes a tag (servers of protocol 3.x).</summary>
    public Task DeleteTagAsync(string experimentId, string key, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            HttpMethod.Post, "experiments/delete-experiment-tag", new DeleteExperimentTag(experimentId, key), Repeat.OnlyIfNothingHappened, cancellationToken);

    /// <summary>One page of the experiments that match.</summary>
    public Task<ExperimentsPage> SearchPageAsync(SearchExperiments search, CancellationToken cancellationToken = default) =>
        _api.SendAsync<SearchExperiments, ExperimentsPage>(HttpMethod.Post, "experiments/search", search, Repeat.Safe, cancellationToken);

    /// <summary>All experiments that match; <see cref="SearchExperiments.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<Experiment> SearchAsync(SearchExperiments search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await SearchPageAsync(search with { PageToken = token, MaxResults = search.MaxResults ?? 1000 }, stop);
                return (page.Experiments, page.NextPageToken);
            },
            search.PageToken,
            cancellationToken);
    }

    /// <summary>The datasets that runs of these experiments used, without source, schema and profile.</summary>
    public async Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync<SearchDatasets, DatasetsAnswer>(
            HttpMethod.Post, "experiments/search-datasets", new(experimentIds), Repeat.Safe, cancellationToken)).DatasetSummaries ?? [];

    private async Task<Experiment> CreateOrFindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(await CreateAsync(new() { Name = name }, cancellationToken), cancellationToken);
        }
        catch (ProtocolException e) when (e.ErrorCode == ErrorCode.ResourceAlreadyExists)
        {
            // Somebody was faster. A name may be taken a moment before others can read it: by a commit on its way, or a replica.
            for (var wait = FirstWait; wait <= LastWait; wait *= 2)
            {
                if (await FindByNameAsync(name, cancellationToken) is { } experiment)
                {
                    return experiment;
                }

                await Task.Delay(wait, _api.Transport.Time, cancellationToken);
            }

            throw;
        }
    }
}
