using Dossier.Core.Audit;
using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    public Task LogBatchAsync(CheckedBatch batch, Change change, CancellationToken cancel)
    {
        var points = new PointBatch(batch.Metrics);
        return _database.WriteAsync(async session =>
        {
            var run = await RunKey.LockActiveAsync(session, batch.RunId);
            var addedParams = await RunParams.WriteAsync(session, run.Id, batch.RunId, batch.Params);
            var addedPoints = await points.WriteAsync(session, _metricKeys, run.Id);
            var changes = await TagTable.OfRuns.ChangeAsync(session, run.Id, batch.Tags);
            await RenameByTagAsync(session, run.Id, changes);
            if (addedParams + addedPoints + changes.Count > 0)
            {
                // The counts include only new items; the keys are those of the request, even if a part of it was a retry.
                await EventWriter.WriteAsync(session, change, EventAction.RunLog, batch.RunId, EventDetail.Of(
                    [new Appended("metrics", addedPoints, points.Keys), new Appended("params", addedParams, [.. batch.Params.Select(static one => one.Key)])],
                    [.. changes]));
            }
        }, cancel);
    }

    private static async ValueTask RenameByTagAsync(SqlSession session, long run, List<FieldChange> tagChanges)
    {
        foreach (var change in tagChanges)
        {
            if (change.Field == TagTable.FieldOf(WellKnownTags.RunName))
            {
                await session.ExecuteAsync("UPDATE runs SET name = $2 WHERE id = $1", run, change.To);
            }
        }
    }
}
