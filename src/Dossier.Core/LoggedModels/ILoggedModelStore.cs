using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.LoggedModels;

/// <summary>
/// The port to the store of logged models. Same rules as <see cref="Tracking.ITrackingStore"/>: callers check form, the store what needs the record;
/// every write is one durable transaction with its event row. "Logged model with ID 'X' not found." for an unknown or deleted one.
/// </summary>
public interface ILoggedModelStore
{
    /// <summary>
    /// Creates a pending logged model with this id in an active experiment; its artifact URI is the experiment's
    /// location<c>/models/ID/artifacts</c>.
    /// </summary>
    Task<LoggedModel> CreateAsync(string modelId, CreateLoggedModel model, Change change, CancellationToken cancel);

    /// <summary>The logged model with params and metrics; null if it does not exist or is deleted.</summary>
    Task<LoggedModel?> GetAsync(string modelId, CancellationToken cancel);

    /// <summary>Sets the status and returns the model.</summary>
    Task<LoggedModel> SetStatusAsync(string modelId, string status, Change change, CancellationToken cancel);

    /// <summary>Marks it as deleted.</summary>
    Task DeleteAsync(string modelId, Change change, CancellationToken cancel);

    /// <summary>Sets tags, each over the one before.</summary>
    Task SetTagsAsync(string modelId, IReadOnlyList<Tag> tags, Change change, CancellationToken cancel);

    /// <summary>Deletes a tag; <c>RESOURCE_DOES_NOT_EXIST</c> if it has none.</summary>
    Task DeleteTagAsync(string modelId, string key, Change change, CancellationToken cancel);

    /// <summary>Adds params; one logged before with another value is refused.</summary>
    Task LogParamsAsync(string modelId, IReadOnlyList<Param> parameters, Change change, CancellationToken cancel);

    /// <summary>Searches logged models of these experiments. Metric clauses and columns mean the latest value on one of <paramref name="datasets"/>,
    /// or on any if the list is empty. Default order: newest first.</summary>
    Task<Page<LoggedModel>> SearchAsync(
        IReadOnlyList<string> experimentIds, SearchQuery query, IReadOnlyList<DatasetRef> datasets, ReadScope scope, CancellationToken cancel);
}
