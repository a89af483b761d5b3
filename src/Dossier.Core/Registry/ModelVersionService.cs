using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Prompts;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Registry;

/// <summary>Versions of registered models. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where the registry is kept.</param>
/// <param name="sources">Finds where a version's files really are.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class ModelVersionService(IRegistryStore store, ModelSourceResolver sources, TimeProvider clock)
{
    private const int DefaultPage = 10_000;
    private const int MaxPage = 200_000;

    /// <summary>The guard of <see cref="CreateAsync"/>.</summary>
    public static Guard<CreateModelVersion> MayCreate { get; } = Guards
        .On<CreateModelVersion>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name)
        .AndIfNamed(PermissionLevel.CanRead, ObjectKinds.Run, static m => m.RunId)
        .AndIfNamed(PermissionLevel.CanRead, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>Creates the next version of a registered model.</summary>
    public async Task<ModelVersion> CreateAsync(Granted<CreateModelVersion> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var version = message with
        {
            Name = message.Name!,
            Source = TextRules.Required(message.Source, "source", Limits.Uri),
            RunId = string.IsNullOrEmpty(message.RunId) ? null : IdRules.Run(message.RunId),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RegistryTagValue),
            RunLink = TextRules.Optional(message.RunLink, "run_link", Limits.Uri),
            Description = TextRules.Optional(message.Description, "description", Limits.Description),
            ModelId = string.IsNullOrEmpty(message.ModelId) ? null : IdRules.LoggedModel(message.ModelId),
            CreationTimestamp = NumberRules.OptionalTime(message.CreationTimestamp, "creation_timestamp"),
        };
        // A prompt's source is a placeholder: its text is in the tags. That a version is one, anybody may say.
        var downloadUri = await sources.ResolveAsync(version.Source, version.RunId, PromptTags.IsPrompt(version.Tags!), caller, cancellationToken);
        return await store.CreateVersionAsync(version, downloadUri, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetModelVersion> MayGet { get; } =
        Guards.On<GetModelVersion>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>The version.</summary>
    public async Task<ModelVersion> GetAsync(Granted<GetModelVersion> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var (model, number) = Key(message.Name, message.Version);
        return await store.GetVersionAsync(model, number, cancellationToken) ?? throw NotFound(model, number);
    }

    /// <summary>The guard of <see cref="GetByAliasAsync"/>.</summary>
    public static Guard<GetVersionByAlias> MayGetByAlias { get; } =
        Guards.On<GetVersionByAlias>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>The version that an alias points to; <c>latest</c> is the newest one.</summary>
    public async Task<ModelVersion> GetByAliasAsync(Granted<GetVersionByAlias> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var model = message.Name!;
        var text = RegistryRules.Alias(message.Alias);
        var version = RegistryRules.IsLatest(text)
            ? (await store.GetLatestVersionsAsync(model, null, cancellationToken)).MaxBy(latest => NumberRules.Version(latest.Version))
            : await store.GetVersionByAliasAsync(model, text, cancellationToken);
        return version ?? throw ProtocolException.Invalid($"Registered model alias {TextRules.Excerpt(text)} not found.");
    }

    /// <summary>Where the version's files are.</summary>
    public Task<string> GetDownloadUriAsync(Granted<GetModelVersion> request, CancellationToken cancellationToken) =>
        FindDownloadUriAsync(request.Message.Name!, request.Message.Version, cancellationToken);

    /// <summary>The guard of <see cref="GetLatestAsync"/>.</summary>
    public static Guard<GetLatestVersions> MayGetLatest { get; } =
        Guards.On<GetLatestVersions>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>The newest version of each of these stages, or of every stage.</summary>
    public Task<IReadOnlyList<ModelVersion>> GetLatestAsync(Granted<GetLatestVersions> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var stages = ListRules.Each(ListRules.Bounded(message.Stages, "stages", Limits.TagsOfNewObject), "stages", RegistryRules.Stage);
        return store.GetLatestVersionsAsync(
            message.Name!, stages.Count == 0 ? null : [.. stages.Distinct(StringComparer.Ordinal)], cancellationToken);
    }

    /// <summary>The guard of <see cref="UpdateAsync"/>.</summary>
    public static Guard<UpdateModelVersion> MayUpdate { get; } =
        Guards.On<UpdateModelVersion>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name);

    /// <summary>Sets the description; an absent one becomes empty.</summary>
    public Task<ModelVersion> UpdateAsync(Granted<UpdateModelVersion> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (model, number) = Key(message.Name, message.Version);
        var description = TextRules.Optional(message.Description, "description", Limits.Description) ?? "";
        return store.UpdateVersionAsync(model, number, description, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<ModelVersionRef> MayDelete { get; } =
        Guards.On<ModelVersionRef>(PermissionLevel.CanManage, ObjectKinds.Model, static m => m.Name);

    /// <summary>Deletes the version with its tags and aliases.</summary>
    public Task DeleteAsync(Granted<ModelVersionRef> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (model, number) = Key(message.Name, message.Version);
        return store.DeleteVersionAsync(model, number, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="SetTagAsync"/>.</summary>
    public static Guard<SetModelVersionTag> MaySetTag { get; } =
        Guards.On<SetModelVersionTag>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name);

    /// <summary>Sets a tag.</summary>
    public Task SetTagAsync(Granted<SetModelVersionTag> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (model, number) = Key(message.Name, message.Version);
        var key = KeyRules.Check(message.Key, "key");
        var value = TextRules.Present(key, message.Value, "value", Limits.RegistryTagValue);
        return store.SetVersionTagAsync(model, number, key, value, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="DeleteTagAsync"/>.</summary>
    public static Guard<DeleteModelVersionTag> MayDeleteTag { get; } =
        Guards.On<DeleteModelVersionTag>(PermissionLevel.CanEdit, ObjectKinds.Model, static m => m.Name);

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(Granted<DeleteModelVersionTag> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (model, number) = Key(message.Name, message.Version);
        return store.SetVersionTagAsync(model, number, KeyRules.Check(message.Key, "key"), null, clock.ChangeBy(caller), cancellationToken);
    }

    /// <summary>The guard of <see cref="SearchAsync"/>.</summary>
    public static Guard<SearchRegistry> MaySearch { get; } = Guards.SignedIn<SearchRegistry>();

    /// <summary>One page of versions; those of prompts only when the filter asks for them.</summary>
    public Task<Page<ModelVersion>> SearchAsync(Granted<SearchRegistry> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var (query, prompts) = PromptScopes.Of(SearchSchema.ModelVersions.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken));
        return store.SearchVersionsAsync(query, prompts, caller.Scope, cancellationToken);
    }

    /// <summary>Where a version's files are, for other services, whose guards have let its readers pass.</summary>
    internal async Task<string> FindDownloadUriAsync(string name, string? version, CancellationToken cancellationToken)
    {
        var number = NumberRules.Version(version);
        return await store.GetDownloadUriAsync(name, number, cancellationToken) ?? throw NotFound(name, number);
    }

    private static (string Model, int Number) Key(string? name, string? version) => (RegistryRules.Name(name), NumberRules.Version(version));

    private static ProtocolException NotFound(string name, int version) =>
        ProtocolException.NotFound($"Model Version (name={name}, version={version}) not found");
}
