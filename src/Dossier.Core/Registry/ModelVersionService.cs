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

    /// <summary>Creates the next version of a registered model.</summary>
    public async Task<ModelVersion> CreateAsync(CreateModelVersion message, Caller caller, CancellationToken cancel)
    {
        var version = message with
        {
            Name = RegistryRules.Name(message.Name),
            Source = TextRules.Required(message.Source, "source", Limits.Uri),
            RunId = string.IsNullOrEmpty(message.RunId) ? null : IdRules.Run(message.RunId),
            Tags = TagRules.Check(message.Tags, Limits.TagsOfNewObject, Limits.RegistryTagValue),
            RunLink = TextRules.Optional(message.RunLink, "run_link", Limits.Uri),
            Description = TextRules.Optional(message.Description, "description", Limits.Description),
            ModelId = string.IsNullOrEmpty(message.ModelId) ? null : IdRules.LoggedModel(message.ModelId),
            CreationTimestamp = NumberRules.OptionalTime(message.CreationTimestamp, "creation_timestamp"),
        };
        // A prompt's source is a placeholder: its text is in the tags. That a version is one, anybody may say.
        var downloadUri = await sources.ResolveAsync(version.Source, version.RunId, PromptTags.IsPrompt(version.Tags!), caller, cancel);
        return await store.CreateVersionAsync(version, downloadUri, clock.ChangeBy(caller), cancel);
    }

    /// <summary>The version.</summary>
    public async Task<ModelVersion> GetAsync(string? name, string? version, CancellationToken cancel)
    {
        var (model, number) = Key(name, version);
        return await store.GetVersionAsync(model, number, cancel) ?? throw NotFound(model, number);
    }

    /// <summary>The version that an alias points to; <c>latest</c> is the newest one.</summary>
    public async Task<ModelVersion> GetByAliasAsync(string? name, string? alias, CancellationToken cancel)
    {
        var model = RegistryRules.Name(name);
        var text = RegistryRules.Alias(alias);
        var version = RegistryRules.IsLatest(text)
            ? (await store.GetLatestVersionsAsync(model, null, cancel)).MaxBy(latest => NumberRules.Version(latest.Version))
            : await store.GetVersionByAliasAsync(model, text, cancel);
        return version ?? throw ProtocolException.Invalid($"Registered model alias {TextRules.Excerpt(text)} not found.");
    }

    /// <summary>Where the version's files are.</summary>
    public async Task<string> GetDownloadUriAsync(string? name, string? version, CancellationToken cancel)
    {
        var (model, number) = Key(name, version);
        return await store.GetDownloadUriAsync(model, number, cancel) ?? throw NotFound(model, number);
    }

    /// <summary>The newest version of each of these stages, or of every stage.</summary>
    public Task<IReadOnlyList<ModelVersion>> GetLatestAsync(GetLatestVersions message, CancellationToken cancel)
    {
        var stages = ListRules.Each(ListRules.Bounded(message.Stages, "stages", Limits.TagsOfNewObject), "stages", RegistryRules.Stage);
        return store.GetLatestVersionsAsync(
            RegistryRules.Name(message.Name), stages.Count == 0 ? null : [.. stages.Distinct(StringComparer.Ordinal)], cancel);
    }

    /// <summary>Sets the description; an absent one becomes empty.</summary>
    public Task<ModelVersion> UpdateAsync(UpdateModelVersion message, Caller caller, CancellationToken cancel)
    {
        var (model, number) = Key(message.Name, message.Version);
        var description = TextRules.Optional(message.Description, "description", Limits.Description) ?? "";
        return store.UpdateVersionAsync(model, number, description, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes the version with its tags and aliases.</summary>
    public Task DeleteAsync(ModelVersionRef message, Caller caller, CancellationToken cancel)
    {
        var (model, number) = Key(message.Name, message.Version);
        return store.DeleteVersionAsync(model, number, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Sets a tag.</summary>
    public Task SetTagAsync(SetModelVersionTag message, Caller caller, CancellationToken cancel)
    {
        var (model, number) = Key(message.Name, message.Version);
        var key = KeyRules.Check(message.Key, "key");
        var value = TextRules.Present(key, message.Value, "value", Limits.RegistryTagValue);
        return store.SetVersionTagAsync(model, number, key, value, clock.ChangeBy(caller), cancel);
    }

    /// <summary>Deletes a tag.</summary>
    public Task DeleteTagAsync(DeleteModelVersionTag message, Caller caller, CancellationToken cancel)
    {
        var (model, number) = Key(message.Name, message.Version);
        return store.SetVersionTagAsync(model, number, KeyRules.Check(message.Key, "key"), null, clock.ChangeBy(caller), cancel);
    }

    /// <summary>One page of versions; those of prompts only when the filter asks for them.</summary>
    public Task<Page<ModelVersion>> SearchAsync(SearchRegistry message, Caller caller, CancellationToken cancel)
    {
        var (query, prompts) = PromptScopes.Of(SearchSchema.ModelVersions.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken));
        return store.SearchVersionsAsync(query, prompts, caller.Scope, cancel);
    }

    private static (string Model, int Number) Key(string? name, string? version) => (RegistryRules.Name(name), NumberRules.Version(version));

    private static ProtocolException NotFound(string name, int version) =>
        ProtocolException.NotFound($"Model Version (name={name}, version={version}) not found");
}
