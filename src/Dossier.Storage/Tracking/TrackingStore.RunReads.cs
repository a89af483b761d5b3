using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Search;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    private static readonly string SelectRun = $"SELECT {string.Join(", ", RunSearch.Target.Select)} FROM runs r WHERE r.public_id = $1";

    public Task<Run?> GetRunAsync(string runId, CancellationToken cancel) => _database.ReadAsync(async session =>
    {
        var row = await session.FirstAsync<RunRow?>(SelectRun, static row => RunSearch.Read(row), null, runId);
        return row is { } found ? (await _details.CompleteAsync(session, [found]))[0] : null;
    }, cancel);

    public async Task<Page<Run>> SearchRunsAsync(IReadOnlyList<string> experimentIds, SearchQuery query, ViewType view, ReadScope scope, CancellationToken cancel)
    {
        if (experimentIds.Count == 0)
        {
            return new Page<Run>([], null);
        }

        return await _database.ReadAsync(async session =>
        {
            var page = await PageSearch.RunAsync(session, RunSearch.Target, query, select =>
            {
                // One experiment is the common case, and its runs lie in the default order in an index.
                var readable = Readable.AndExperiments(select, scope, "e");
                select.Conditions.Add(experimentIds.Count == 1
                    ? $"r.experiment_id = (SELECT e.id FROM experiments e WHERE e.public_id = {select.Parameter(experimentIds[0])}{readable})"
                    : $"r.experiment_id IN (SELECT e.id FROM experiments e WHERE {select.In("e.public_id", experimentIds)}{readable})");
                AddView(select, "r.deleted", view);
            }, RunSearch.Read);
            return new Page<Run>(await _details.CompleteAsync(session, page.Items), page.NextPageToken);
        }, cancel);
    }
}
