using System.Buffers;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Core.Tracking;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.LoggedModels;

/// <summary>Logged models. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where logged models are kept.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class LoggedModelService(ILoggedModelStore store, TimeProvider clock)
{
    // These can't stand in model URIs and paths.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/:.%\"'");

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateLoggedModel> MayCreate { get; } = Guards
        .On<CreateLoggedModel>(PermissionLevel.CanEdit, ObjectKinds.Experiment, static m => ObjectKinds.OrDefault(m.ExperimentId))
        .AndIfNamed(PermissionLevel.CanRead, ObjectKinds.Run, static m => m.SourceRunId);

    /// <summary>Creates a pending logged model; its files come next.</summary>
    public Task<LoggedModel> CreateAsync(Granted<CreateLoggedModel> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var model = new CreateLoggedModel
        {
            ExperimentId = ObjectKinds.OrDefault(message.ExperimentId),
            Name = string.IsNullOrEmpty(message.Name) ? RunNames.Next() : CheckName(message.Name),
            ModelType = TextRules.Optional(message.ModelType, "model_type", Limits.LoggedModelName),
            SourceRunId = string.IsNullOrEmpty(message.SourceRunId) ? null : IdRules.Run(message.SourceRunId, "source_run_id"),
            Params = TagRules.Check(message.Params, Limits.ParamsOfLoggedModel),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RunTagValue),
        };
        return store.CreateAsync($"m-{Guid.NewGuid():N}", model, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetLoggedModel> MayGet { get; } =
        Guards.On<GetLoggedModel>(PermissionLevel.CanRead, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>The logged model.</summary>
    public Task<LoggedModel> GetAsync(Granted<GetLoggedModel> request, CancellationToken cancellationToken) =>
        FindAsync(request.Message.ModelId!, cancellationToken);

    /// <summary>The guard of <see cref="FinalizeAsync"/>.</summary>
    public static Guard<FinalizeLoggedModel> MayFinalize { get; } =
        Guards.On<FinalizeLoggedModel>(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Says that the files are complete, or that their upload failed.</summary>
    public Task<LoggedModel> FinalizeAsync(Granted<FinalizeLoggedModel> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var status = message.Status is LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed
            ? message.Status
            : throw (string.IsNullOrEmpty(message.Status)
                ? ProtocolException.Missing("status")
                : ProtocolException.InvalidValue(
                    TextRules.Excerpt(message.Status), "status", $"Value must be {LoggedModelStatus.Ready} or {LoggedModelStatus.UploadFailed}."));
        return store.SetStatusAsync(message.ModelId!, status, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<DeleteLoggedModel> MayDelete { get; } =
        Guards.On<DeleteLoggedModel>(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Deletes a logged model.</summary>
    public Task DeleteAsync(Granted<DeleteLoggedModel> request, CancellationToken cancellationToken) =>
        store.DeleteAsync(request.Message.ModelId!, clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="SetTagsAsync"/>.</summary>
    public static Guard<SetLoggedModelTags> MaySetTags { get; } =
        Guards.On<SetLoggedModelTags>(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Sets tags.</summary>
    public Task SetTagsAsync(Granted<SetLoggedModelTags> request, CancellationToken cancellationToken) => store.SetTagsAsync(
        request.Message.ModelId!,
        TagRules.Check(request.Message.Tags, Limits.TagsOfNewObject, Limits.RunTagValue),
        clock.ChangeBy(request.Caller),
        cancellationToken);

    /// <summary>The guard of <see cref="DeleteTagAsync"/>.</summary>
    public static Guard<DeleteLoggedModelTag> MayDeleteTag { get; } =
        Guards.On<DeleteLoggedModelTag>(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(Granted<DeleteLoggedModelTag> request, CancellationToken cancellationToken) => store.DeleteTagAsync(
        request.Message.ModelId!, TextRules.Required(request.Message.TagKey, "tag_key", Limits.Key), clock.ChangeBy(request.Caller), cancellationToken);

    /// <summary>The guard of <see cref="LogParamsAsync"/>.</summary>
    public static Guard<LogLoggedModelParams> MayLogParams { get; } =
        Guards.On<LogLoggedModelParams>(PermissionLevel.CanEdit, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Adds params.</summary>
    public Task LogParamsAsync(Granted<LogLoggedModelParams> request, CancellationToken cancellationToken) => store.LogParamsAsync(
        request.Message.ModelId!,
        TagRules.Check(request.Message.Params, Limits.ParamsOfLoggedModel),
        clock.ChangeBy(request.Caller),
        cancellationToken);

    /// <summary>The guard of <see cref="SearchAsync"/>.</summary>
    public static Guard<SearchLoggedModels> MaySearch { get; } = Guards.SignedIn<SearchLoggedModels>();

    /// <summary>One page of logged models; no experiments, none.</summary>
    public Task<Page<LoggedModel>> SearchAsync(Granted<SearchLoggedModels> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var experimentIds = ListRules.ExperimentIds(message.ExperimentIds);
        var search = LoggedModelQuery.Read(message);
        return experimentIds.Count == 0
            ? Task.FromResult(new Page<LoggedModel>([], null))
            : store.SearchAsync(experimentIds, search.Query, search.Datasets, caller.Scope, cancellationToken);
    }

    /// <summary>The logged model, for other services, whose guards have let its readers pass.</summary>
    internal async Task<LoggedModel> FindAsync(string modelId, CancellationToken cancellationToken) =>
        await store.GetAsync(modelId, cancellationToken) ?? throw ObjectKinds.LoggedModel.Of(modelId).Missing();

    private static string CheckName(string name)
    {
        var text = TextRules.Required(name, "name", Limits.LoggedModelName);
        return text.AsSpan().ContainsAny(NotInNames)
            ? throw ProtocolException.InvalidValue(TextRules.Excerpt(text), "name", "it must not contain any of / : . % \" '.")
            : text;
    }
}
