using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>Searches runs.</summary>
/// <param name="store">Where runs are kept.</param>
public sealed class RunSearchService(ITrackingStore store)
{
    private const int DefaultPage = 1000;
    private const int MaxPage = 50_000;

    /// <summary>The guard of <see cref="SearchAsync"/>.</summary>
    public static Guard<SearchRuns> MaySearch { get; } = Guards.SignedIn<SearchRuns>();

    /// <summary>One page of runs; no experiments, no runs.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> for a bad id, filter, order, page length or token.</exception>
    public Task<Page<Run>> SearchAsync(Granted<SearchRuns> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var experimentIds = ListRules.ExperimentIds(message.ExperimentIds);
        var query = SearchSchema.Runs.Query(
            message.Filter, message.OrderBy, NumberRules.MaxResults(message.MaxResults, DefaultPage, MaxPage), message.PageToken);
        return experimentIds.Count == 0
            ? Task.FromResult(new Page<Run>([], null))
            : store.SearchRunsAsync(experimentIds, query, message.RunViewType ?? ViewType.ActiveOnly, caller.Scope, cancellationToken);
    }
}
