using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Prompts;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Registry;

/// <summary>
/// The port to the store of registered models and their versions. Callers check form; the store checks what needs the record.
/// Every write is one durable transaction with its event row.
/// </summary>
/// <remarks>Unknown objects throw <c>RESOURCE_DOES_NOT_EXIST</c>: "Registered Model with name=N not found", "Model Version (name=N, version=V) not found".
/// A taken name throws <c>RESOURCE_ALREADY_EXISTS</c>: "Registered Model (name=N) already exists."</remarks>
public interface IRegistryStore
{
    /// <summary>Creates a registered model.</summary>
    Task<RegisteredModel> CreateModelAsync(CreateRegisteredModel model, Change change, CancellationToken cancel);

    /// <summary>The model with tags, aliases and latest versions; null if it does not exist.</summary>
    Task<RegisteredModel?> GetModelAsync(string name, CancellationToken cancel);

    /// <summary>The same with its id.</summary>
    Task<RegisteredModel?> GetModelWithIdAsync(string name, CancellationToken cancel);

    /// <summary>Sets the description.</summary>
    Task<RegisteredModel> UpdateModelAsync(string name, string description, Change change, CancellationToken cancel);

    /// <summary>Renames the model; its versions, tags and aliases go along, and their last update is now.</summary>
    Task<RegisteredModel> RenameModelAsync(string name, string newName, Change change, CancellationToken cancel);

    /// <summary>Deletes the model with its versions.</summary>
    Task DeleteModelAsync(string name, Change change, CancellationToken cancel);

    /// <summary>Sets (value) or deletes (null) a tag; deleting one that does not exist is not an error.</summary>
    Task SetModelTagAsync(string name, string key, string? value, Change change, CancellationToken cancel);

    /// <summary>Searches registered models. Default order: name.</summary>
    Task<Page<RegisteredModel>> SearchModelsAsync(SearchQuery query, PromptScope prompts, ReadScope scope, CancellationToken cancel);

    /// <summary>
    /// The newest version of each of these stages (null: of every stage), ordered by stage as <see cref="ModelStage.All"/>.
    /// </summary>
    Task<IReadOnlyList<ModelVersion>> GetLatestVersionsAsync(string name, IReadOnlyList<string>? stages, CancellationToken cancel);

    /// <summary>Points an alias to a version, moving it if it pointed elsewhere.</summary>
    Task SetAliasAsync(string name, string alias, int version, Change change, CancellationToken cancel);

    /// <summary>Deletes an alias; it is not an error if it does not exist.</summary>
    Task DeleteAliasAsync(string name, string alias, Change change, CancellationToken cancel);

    /// <summary>The version that the alias points to; null if the model has no such alias.</summary>
    Task<ModelVersion?> GetVersionByAliasAsync(string name, string alias, CancellationToken cancel);

    /// <summary>Creates the next version, READY, in stage None. Numbers are never used twice, also not after a deletion.</summary>
    /// <param name="version">As the client sent it.</param>
    /// <param name="downloadUri">Where the files really are (<c>runs:/</c> and <c>models:/</c> sources resolved), for <see cref="GetDownloadUriAsync"/>.</param>
    /// <param name="change">The caller and the time.</param>
    /// <param name="cancel">Stops waiting; the write may still happen.</param>
    Task<ModelVersion> CreateVersionAsync(CreateModelVersion version, string downloadUri, Change change, CancellationToken cancel);

    /// <summary>The version; null if it does not exist.</summary>
    Task<ModelVersion?> GetVersionAsync(string name, int version, CancellationToken cancel);

    /// <summary>Where the version's files are; null if the version does not exist.</summary>
    Task<string?> GetDownloadUriAsync(string name, int version, CancellationToken cancel);

    /// <summary>Sets the description.</summary>
    Task<ModelVersion> UpdateVersionAsync(string name, int version, string description, Change change, CancellationToken cancel);

    /// <summary>Deletes the version with its tags and aliases.</summary>
    Task DeleteVersionAsync(string name, int version, Change change, CancellationToken cancel);

    /// <summary>Sets (value) or deletes (null) a tag of a version; deleting one that does not exist is not an error.</summary>
    Task SetVersionTagAsync(string name, int version, string key, string? value, Change change, CancellationToken cancel);

    /// <summary>Searches versions. Default order: last update descending, then name, then version descending.</summary>
    Task<Page<ModelVersion>> SearchVersionsAsync(SearchQuery query, PromptScope prompts, ReadScope scope, CancellationToken cancel);
}
