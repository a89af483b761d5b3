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

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateExperiment> MayCreate { get; } = Guards.On<CreateExperiment>(
        Need.Of(PermissionLevel.CanEdit, ObjectKinds.FolderAt),
        static (m, caller) => ObjectKinds.FolderAt.Of(FolderPath.Of(TextRules.Required(m.Name, "name", Limits.ExperimentName), caller.Name)));

    /// <summary>Creates an experiment and gives its id.</summary>
    public async Task<string> CreateAsync(Granted<CreateExperiment> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var experiment = message with
        {
            Name = TextRules.Required(message.Name, "name", Limits.ExperimentName),
            ArtifactLocation = ArtifactUri.CheckLocation(message.ArtifactLocation),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.ExperimentTagValue),
            ExperimentId = message.ExperimentId is null ? null : IdRules.Experiment(message.ExperimentId),
            CreationTime = NumberRules.OptionalTime(message.CreationTime, "creation_time"),
        };
        if (!caller.IsAdmin && ArtifactUri.TryServe(experiment.ArtifactLocation) is { } path && await HoldsFilesAsync(path, cancellationToken))
        {
            throw ProtocolException.InvalidValue(
                TextRules.Excerpt(path.Value), "artifact_location", "files already exist at that location, and only administrators can assign them to an experiment. Choose another location or omit it.");
        }

        return await store.CreateExperimentAsync(experiment, ArtifactUri.ServedRoot, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetExperiment> MayGet { get; } =
        Guards.On<GetExperiment>(PermissionLevel.CanRead, ObjectKinds.Experiment, static m => m.ExperimentId);

    /// <summary>The experiment, deleted or not.</summary>
    public async Task<Experiment> GetAsync(Granted<GetExperiment> request, CancellationToken cancellationToken)
    {
        var id = request.Message.ExperimentId!;
        return await store.GetExperimentAsync(id, cancellationToken) ?? throw ObjectKinds.Experiment.Of(id).Missing();
    }

    /// <summary>The guard of <see cref="GetByNameAsync"/>.</summary>
    public static Guard<GetExperimentByName> MayGetByName { get; } =
        Guards.On<GetExperimentByName>(PermissionLevel.CanRead, ObjectKinds.ExperimentByName, static m => m.ExperimentName);

    /// <summary>The experiment of this name, deleted or not.</summary>
    public async Task<Experiment> GetByNameAsync(Granted<GetExperimentByName> request, CancellationToken cancellationToken)
    {
        var name = request.Message.ExperimentName!;
        return await store.GetExperimentByNameAsync(name, cancellationToken)
            ?? throw ObjectKinds.ExperimentByName.Of(name).Missing();
    }

    /// <summary>The guard of <see cref="RenameAsync"/>.</summary>
    public static Guard<UpdateExperiment> MayRename { get; } =
        Guards.On<UpdateExperiment>(PermissionLevel.CanEdit, ObjectKinds.Experiment, static m => m.ExperimentId);

    /// <summary>Renames an active experiment; a name in another folder moves it there. As that changes who may do what with it, it takes
    /// CAN_MANAGE on the experiment, and CAN_EDIT on both folders as deletion and creation do.</summary>
    public async Task RenameAsync(Granted<UpdateExperiment> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var id = message.ExperimentId!;
        var newName = TextRules.Required(message.NewName, "new_name", Limits.ExperimentName);
        var name = caller.IsAdmin ? null : (await store.GetExperimentAsync(id, cancellationToken) ?? throw ObjectKinds.Experiment.Of(id).Missing()).Name;
        if (name is not null && !FolderPath.StaysIn(name, newName))
        {
            await access.RequireAsync(caller, ObjectKinds.Experiment.Of(id), PermissionLevel.CanManage, cancellationToken);
            await access.RequireAsync(caller, ObjectKinds.FolderOfExperiment.Of(id), PermissionLevel.CanEdit, cancellationToken);
            await access.RequireAsync(caller, ObjectKinds.FolderAt.Of(FolderPath.Of(newName, caller.Name)), PermissionLevel.CanEdit, cancellationToken);
        }

        await store.RenameExperimentAsync(id, name, newName, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<ExperimentRef> MayDelete { get; } =
        Guards.On<ExperimentRef>(PermissionLevel.CanEdit, ObjectKinds.FolderOfExperiment, static m => m.ExperimentId);

    /// <summary>Deletes an active experiment with its runs.</summary>
    public Task DeleteAsync(Granted<ExperimentRef> request, CancellationToken cancellationToken) =>
        store.SetExperimentDeletedAsync(request.Message.ExperimentId!, true, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="RestoreAsync"/>.</summary>
    public static Guard<ExperimentRef> MayRestore => MayDelete;

    /// <summary>Restores a deleted experiment with the runs that were deleted with it.</summary>
    public Task RestoreAsync(Granted<ExperimentRef> request, CancellationToken cancellationToken) =>
        store.SetExperimentDeletedAsync(request.Message.ExperimentId!, false, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="SetTagAsync"/>.</summary>
    public static Guard<SetExperimentTag> MaySetTag { get; } =
        Guards.On<SetExperimentTag>(PermissionLevel.CanEdit, ObjectKinds.Experiment, static m => m.ExperimentId);

    /// <summary>Sets a tag.</summary>
    public Task SetTagAsync(Granted<SetExperimentTag> request, CancellationToken cancellationToken) => store.SetExperimentTagAsync(
        request.Message.ExperimentId!,
        KeyRules.Check(request.Message.Key, "key"),
        TextRules.Present(request.Message.Key!, request.Message.Value, "value", Limits.ExperimentTagValue),
        clock.ChangeBy(request.Caller),
        cancellationToken);

    /// <summary>The guard of <see cref="DeleteTagAsync"/>.</summary>
    public static Guard<DeleteExperimentTag> MayDeleteTag { get; } =
        Guards.On<DeleteExperimentTag>(PermissionLevel.CanEdit, ObjectKinds.Experiment, static m => m.ExperimentId);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(Granted<DeleteExperimentTag> request, CancellationToken cancellationToken) => store.SetExperimentTagAsync(
        request.Message.ExperimentId!, KeyRules.Check(request.Message.Key, "key"), null, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="SearchAsync"/>.</summary>
    public static Guard<SearchExperiments> MaySearch { get; } = Guards.SignedIn<SearchExperiments>();

    /// <summary>One page of experiments.</summary>
    public Task<Page<Experiment>> SearchAsync(Granted<SearchExperiments> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var query = SearchSchema.Experiments.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken);
        return store.SearchExperimentsAsync(query, message.ViewType ?? ViewType.ActiveOnly, caller.Scope, cancellationToken);
    }

    /// <summary>The guard of <see cref="SearchDatasetsAsync"/>.</summary>
    public static Guard<SearchDatasets> MaySearchDatasets { get; } = Guards.SignedIn<SearchDatasets>();

    /// <summary>The datasets that runs of these experiments used.</summary>
    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(Granted<SearchDatasets> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var ids = ListRules.ExperimentIds(message.ExperimentIds);
        return ids.Count == 0 ? throw ProtocolException.Missing("experiment_ids") : store.SearchDatasetsAsync(ids, caller.Scope, cancellationToken);
    }

    private async Task<bool> HoldsFilesAsync(ArtifactPath path, CancellationToken cancellationToken) =>
        (await artifacts.ListAsync(path, 1, null, cancellationToken)).Files.Count > 0 || await artifacts.FindAsync(path, cancellationToken) is not null;
}
