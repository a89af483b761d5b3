using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>Experiments: create, read, change, search. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where experiments are kept.</param>
/// <param name="access">Says who may move experiments.</param>
/// <param name="artifacts">Where artifacts are: what lies there already is nobody's to take.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class ExperimentService(ITrackingStore store, AccessService access, IArtifactStore artifacts, TimeProvider clock)
{
    private const int DefaultPage = 1000;
    private const int MaxPage = 50_000;

    /// <summary>Creates an experiment and gives its id.</summary>
    public async Task<string> CreateAsync(CreateExperiment message, Caller caller, CancellationToken cancel)
    {
        var experiment = message with
        {
            Name = TextRules.Required(message.Name, "name", Limits.ExperimentName),
            ArtifactLocation = ArtifactUri.CheckLocation(message.ArtifactLocation),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.ExperimentTagValue),
            ExperimentId = message.ExperimentId is null ? null : IdRules.Experiment(message.ExperimentId),
            CreationTime = NumberRules.OptionalTime(message.CreationTime, "creation_time"),
        };
        if (!caller.IsAdmin && ArtifactUri.TryServe(experiment.ArtifactLocation) is { } path && await HoldsFilesAsync(path, cancel))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(path.Value), "artifact_location", "files already exist at that location, and only administrators can assign them to an experiment. Choose another location or omit it.");
        }

        return await store.CreateExperimentAsync(experiment, ArtifactUri.ServedRoot, clock.ChangeBy(caller), cancel);
    }

    /// <summary>The experiment, deleted or not.</summary>
    public async Task<Experiment> GetAsync(string? experimentId, CancellationToken cancel)
    {
        var id = IdRules.Experiment(experimentId);
        return await store.GetExperimentAsync(id, cancel) ?? throw ObjectKinds.Experiment.Of(id).Missing();
    }

    /// <summary>The experiment of this name, deleted or not.</summary>
    public async Task<Experiment> GetByNameAsync(string? experimentName, CancellationToken cancel)
    {
        var name = TextRules.Required(experimentName, "experiment_name", Limits.ExperimentName);
        return await store.GetExperimentByNameAsync(name, cancel)
            ?? throw ProtocolException.NotFound($"Could not find experiment with name '{name}'");
    }

    /// <summary>Renames an active experiment; a name in another folder moves it there. As that changes who may do what with it, it takes
    /// CAN_MANAGE on the experiment, and CAN_EDIT on both folders as deletion and creation do.</summary>
    public async Task RenameAsync(UpdateExperiment message, Caller caller, CancellationToken cancel)
    {
        var id = IdRules.Experiment(message.ExperimentId);
        var newName = TextRules.Required(message.NewName, "new_name", Limits.ExperimentName);
        var name = caller.IsAdmin ? null : (await GetAsync(id, cancel)).Name;
        if (name is not null && !FolderPath.StaysIn(name, newName))
        {
            await access.RequireAsync(caller, ObjectKinds.Experiment.Of(id), PermissionLevel.CanManage, cancel);
            await access.RequireAsync(caller, ObjectKinds.FolderOfExperiment.Of(id), PermissionLevel.CanEdit, cancel);
            await access.RequireAsync(caller, ObjectKinds.FolderAt.Of(FolderPath.Of(newName, caller.Name)), PermissionLevel.CanEdit, cancel);
        }

        await store.RenameExperimentAsync(id, name, newName, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes an active experiment with its runs.</summary>
    public Task DeleteAsync(ExperimentRef message, Caller caller, CancellationToken cancel) =>
        store.SetExperimentDeletedAsync(IdRules.Experiment(message.ExperimentId), true, clock.ChangeBy(caller), cancel);

    /// <summary>Restores a deleted experiment with the runs that were deleted with it.</summary>
    public Task RestoreAsync(ExperimentRef message, Caller caller, CancellationToken cancel) =>
        store.SetExperimentDeletedAsync(IdRules.Experiment(message.ExperimentId), false, clock.ChangeBy(caller), cancel);

    /// <summary>Sets a tag.</summary>
    public Task SetTagAsync(SetExperimentTag message, Caller caller, CancellationToken cancel) => store.SetExperimentTagAsync(
        IdRules.Experiment(message.ExperimentId),
        KeyRules.Check(message.Key, "key"),
        TextRules.Present(message.Key!, message.Value, "value", Limits.ExperimentTagValue),
        clock.ChangeBy(caller),
        cancel);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(DeleteExperimentTag message, Caller caller, CancellationToken cancel) => store.SetExperimentTagAsync(
        IdRules.Experiment(message.ExperimentId), KeyRules.Check(message.Key, "key"), null, clock.ChangeBy(caller), cancel);

    /// <summary>One page of experiments.</summary>
    public Task<Page<Experiment>> SearchAsync(SearchExperiments message, Caller caller, CancellationToken cancel)
    {
        var query = SearchSchema.Experiments.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken);
        return store.SearchExperimentsAsync(query, message.ViewType ?? ViewType.ActiveOnly, caller.Scope, cancel);
    }

    /// <summary>The datasets that runs of these experiments used.</summary>
    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(SearchDatasets message, Caller caller, CancellationToken cancel)
    {
        var ids = ListRules.ExperimentIds(message.ExperimentIds);
        return ids.Count == 0 ? throw ProtocolException.Missing("experiment_ids") : store.SearchDatasetsAsync(ids, caller.Scope, cancel);
    }

    private async Task<bool> HoldsFilesAsync(ArtifactPath path, CancellationToken cancel) =>
        (await artifacts.ListAsync(path, 1, null, cancel)).Files.Count > 0 || await artifacts.FindAsync(path, cancel) is not null;
}
