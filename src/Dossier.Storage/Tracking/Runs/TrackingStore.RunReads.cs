using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Search;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    private static readonly string SelectRun = $"SELECT {string.Join(", ", RunRow.Columns)} FROM runs r WHERE r.public_id = $1";

    public Task<Run?> GetRunAsync(string runId, CancellationToken cancel) => _database.ReadAsync(async session =>
    {
        var row = await session.FirstAsync<RunRow?>(SelectRun, static row => RunRow.Read(row), null, runId);
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
            var select = new SelectBuilder(session.Dialect);

            // The runs of one experiment lie in the default order in an index.
            select.Conditions.Add(
                $"r.experiment_id {(experimentIds.Count == 1 ? "=" : "IN")} ({Readable.ExperimentKeys(select, scope, experimentIds)})");
            AddView(select, "r.deleted", view);
            var page = await PageSearch.RunAsync(session, _runs, select, query, RunRow.Read);
            return new Page<Run>(await _details.CompleteAsync(session, page.Items), page.NextPageToken);
        }, cancel);
    }
}
