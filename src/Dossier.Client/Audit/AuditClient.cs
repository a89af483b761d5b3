using System.Runtime.CompilerServices;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// What happened on a Dossier server: the events, the versions in a stage at a time, and the chain of hashes that shows whether an event was changed.
/// Every call throws <see cref="ProtocolException"/> when the server refuses or can't be reached.
/// </summary>
public sealed class AuditClient
{
    private readonly Api _api;

    internal AuditClient(Api api) => _api = api;

    /// <summary>One page of events. Administrators see all; others those of an object that they name and manage.</summary>
    public Task<AuditEventsPage> ListPageAsync(ListAuditEvents filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new Query()
            .Add("principal", filter.Principal).Add("object_type", filter.ObjectType).Add("object_id", filter.ObjectId).Add("action", filter.Action)
            .Add("from", filter.From).Add("to", filter.To).Add("order", filter.Order).Add("max_results", filter.MaxResults).Add("page_token", filter.PageToken);
        return _api.GetAsync<AuditEventsPage>("/api/2.0/audit/events", query, cancellationToken);
    }

    /// <summary>All events that match; <see cref="ListAuditEvents.MaxResults"/> is the size of a page.</summary>
    public IAsyncEnumerable<AuditEvent> ListAsync(ListAuditEvents filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Paging.AllAsync(
            async (token, stop) =>
            {
                var page = await ListPageAsync(filter with { PageToken = token }, stop);
                return (page.Events, page.NextPageToken);
            },
            filter.PageToken,
            cancellationToken);
    }

    /// <summary>The versions of a registered model that were in a stage at a time.</summary>
    /// <param name="name">The model, by its name now or at that time.</param>
    /// <param name="stage">One of <see cref="ModelStage"/>.</param>
    /// <param name="at">The time in milliseconds since the epoch; null: now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<StageAnswer> FindInStageAsync(string name, string stage, long? at = null, CancellationToken cancellationToken = default) =>
        _api.GetAsync<StageAnswer>("/api/2.0/audit/stage", new Query().Add("name", name).Add("stage", stage).Add("at", at), cancellationToken);

    /// <summary>Checks the chain part by part: each item is the result up to there, the last one that of the whole.</summary>
    /// <param name="head">A hash from an earlier check, to be looked for; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async IAsyncEnumerable<AuditVerification> VerifyAsync(string? head = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var result = new AuditVerification();
        do
        {
            var query = new Query().Add("head", head).Add("page_token", result.NextPageToken);
            result = result.Then(await _api.GetAsync<AuditVerification>("/api/2.0/audit/verify", query, cancellationToken));
            yield return result;
        }
        while (result.NextPageToken is not null);
    }
}
