using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    public Task<Run> CreateRunAsync(NewRun run, Change change, CancellationToken cancel)
    {
        var detail = EventDetail.Changes(
        [
            new("experiment_id", null, run.ExperimentId), new("run_name", null, run.Name), new("user_id", null, run.UserId), .. TagTable.Added(run.Tags),
        ]);
        return _database.WriteAsync(async session =>
        {
            var experiment = await ExperimentKey.ShareActiveAsync(session, run.ExperimentId);
            var info = new RunInfo
            {
                RunId = run.RunId,
                ExperimentId = run.ExperimentId,
                RunName = run.Name,
                UserId = run.UserId,
                Status = RunStatus.Running,
                StartTime = run.StartTime,
                ArtifactUri = ArtifactLayout.OfRun(experiment.ArtifactLocation, run.RunId),
            };
            var key = await session.FirstAsync<long?>(
                """
                INSERT INTO runs (public_id, experiment_id, name, user_id, status, start_time, artifact_uri, deleted, deleted_with_experiment)
                VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0) ON CONFLICT (public_id) DO NOTHING RETURNING id
                """,
                static row => row.Integer(0), null, info.RunId, experiment.Id, info.RunName, info.UserId, info.Status, run.StartTime, info.ArtifactUri)
                ?? throw ProtocolException.AlreadyExists($"Run with id={run.RunId} already exists.");
            await TagTable.OfRuns.SetAsync(session, key, run.Tags);
            await EventWriter.WriteAsync(session, change, EventAction.RunCreate, run.RunId, detail);
            return new Run { Info = info, Data = new RunData { Tags = [.. run.Tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal)] } };
        }, cancel);
    }

    public Task<RunInfo> UpdateRunAsync(UpdateRun update, Change change, CancellationToken cancel) => _database.WriteAsync(async session =>
    {
        var runId = update.RunId!;
        var key = (await RunKey.LockActiveAsync(session, runId)).Id;
        var before = (await session.FirstAsync<RunRow?>(SelectRun, static row => RunRow.Read(row), null, runId))!.Value.Info;
        var after = before with
        {
            Status = update.Status ?? before.Status,
            EndTime = update.EndTime ?? before.EndTime,
            RunName = string.IsNullOrEmpty(update.RunName) ? before.RunName : update.RunName,
        };
        var changes = RunChanges.Between(before, after);
        if (changes.Length > 0)
        {
            await session.ExecuteAsync(
                "UPDATE runs SET status = $2, end_time = $3, name = $4 WHERE id = $1", key, after.Status, after.EndTime, after.RunName);
            if (after.RunName != before.RunName)
            {
                await TagTable.OfRuns.SetAsync(session, key, [new Tag(WellKnownTags.RunName, after.RunName!)]);
            }

            await EventWriter.WriteAsync(session, change, EventAction.RunUpdate, runId, EventDetail.Changes(changes));
        }

        return after;
    }, cancel);

    public Task SetRunDeletedAsync(string runId, bool deleted, Change change, CancellationToken cancel) => _database.WriteAsync(async session =>
    {
        var run = await RunKey.LockAsync(session, runId);
        if (run.Deleted != deleted)
        {
            await session.ExecuteAsync("UPDATE runs SET deleted = $2, deleted_with_experiment = 0 WHERE id = $1", run.Id, deleted);
            await EventWriter.WriteAsync(session, change, deleted ? EventAction.RunDelete : EventAction.RunRestore, runId,
                EventDetail.Changes(LifecycleChange(deleted)));
        }
    }, cancel);

    public Task DeleteRunTagAsync(string runId, string key, Change change, CancellationToken cancel) => _database.WriteAsync(async session =>
    {
        var run = await RunKey.LockActiveAsync(session, runId);
        var deleted = await TagTable.OfRuns.DeleteAsync(session, run.Id, key)
            ?? throw ProtocolException.NotFound($"No tag with name: {key} in run with id {runId}");
        await EventWriter.WriteAsync(session, change, EventAction.RunDeleteTag, runId, EventDetail.Changes(deleted));
    }, cancel);
}
