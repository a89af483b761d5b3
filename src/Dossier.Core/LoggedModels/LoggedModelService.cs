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
    private const string DefaultExperimentId = "0";

    // These can't stand in model URIs and paths.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/:.%\"'");

    /// <summary>Creates a pending logged model; its files come next.</summary>
    public Task<LoggedModel> CreateAsync(CreateLoggedModel message, Caller caller, CancellationToken cancel)
    {
        var model = new CreateLoggedModel
        {
            ExperimentId = string.IsNullOrEmpty(message.ExperimentId) ? DefaultExperimentId : IdRules.Experiment(message.ExperimentId),
            Name = string.IsNullOrEmpty(message.Name) ? RunNames.Next() : CheckName(message.Name),
            ModelType = TextRules.Optional(message.ModelType, "model_type", Limits.LoggedModelName),
            SourceRunId = string.IsNullOrEmpty(message.SourceRunId) ? null : IdRules.Run(message.SourceRunId, "source_run_id"),
            Params = TagRules.Check(message.Params, Limits.ParamsOfLoggedModel),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RunTagValue),
        };
        return store.CreateAsync($"m-{Guid.NewGuid():N}", model, clock.ChangeBy(caller), cancel);
    }

    /// <summary>The logged model.</summary>
    public async Task<LoggedModel> GetAsync(string? modelId, CancellationToken cancel)
    {
        var id = IdRules.LoggedModel(modelId);
        return await store.GetAsync(id, cancel) ?? throw ObjectKinds.LoggedModel.Of(id).Missing();
    }

    /// <summary>Says that the files are complete, or that their upload failed.</summary>
    public Task<LoggedModel> FinalizeAsync(FinalizeLoggedModel message, Caller caller, CancellationToken cancel)
    {
        var id = IdRules.LoggedModel(message.ModelId);
        var status = message.Status is LoggedModelStatus.Ready or LoggedModelStatus.UploadFailed
            ? message.Status
            : throw (string.IsNullOrEmpty(message.Status)
                ? ProtocolException.Missing("status")
                : ProtocolException.InvalidValue(
                    TextRules.Excerpt(message.Status), "status", $"Value must be {LoggedModelStatus.Ready} or {LoggedModelStatus.UploadFailed}."));
        return store.SetStatusAsync(id, status, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes a logged model.</summary>
    public Task DeleteAsync(string? modelId, Caller caller, CancellationToken cancel) =>
        store.DeleteAsync(IdRules.LoggedModel(modelId), clock.ChangeBy(caller), cancel);

    /// <summary>Sets tags.</summary>
    public Task SetTagsAsync(SetLoggedModelTags message, Caller caller, CancellationToken cancel) => store.SetTagsAsync(
        IdRules.LoggedModel(message.ModelId),
        TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RunTagValue),
        clock.ChangeBy(caller),
        cancel);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(string? modelId, string? key, Caller caller, CancellationToken cancel) => store.DeleteTagAsync(
        IdRules.LoggedModel(modelId), TextRules.Required(key, "tag_key", Limits.Key), clock.ChangeBy(caller), cancel);

    /// <summary>Adds params.</summary>
    public Task LogParamsAsync(LogLoggedModelParams message, Caller caller, CancellationToken cancel) => store.LogParamsAsync(
        IdRules.LoggedModel(message.ModelId),
        TagRules.Check(message.Params, Limits.ParamsOfLoggedModel),
        clock.ChangeBy(caller),
        cancel);

    /// <summary>One page of logged models; no experiments, none.</summary>
    public Task<Page<LoggedModel>> SearchAsync(SearchLoggedModels message, Caller caller, CancellationToken cancel)
    {
        var experimentIds = ListRules.ExperimentIds(message.ExperimentIds);
        var search = LoggedModelQuery.Read(message);
        return experimentIds.Count == 0
            ? Task.FromResult(new Page<LoggedModel>([], null))
            : store.SearchAsync(experimentIds, search.Query, search.Datasets, caller.Scope, cancel);
    }

    private static string CheckName(string name)
    {
        var text = TextRules.Required(name, "name", Limits.LoggedModelName);
        return text.AsSpan().ContainsAny(NotInNames)
            ? throw ProtocolException.InvalidValue(TextRules.Excerpt(text), "name", "it must not contain any of / : . % \" '.")
            : text;
    }
}
