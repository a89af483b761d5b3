using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Events;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    // Those who create experiments at the same time wait for each other at the one row that is always there, so that each sees the last number.
    private const string LockCreation = $"SELECT id FROM experiments WHERE public_id = '{ObjectKinds.DefaultExperimentId}'";

    public Task<string> CreateExperimentAsync(CreateExperiment experiment, string artifactRoot, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            await session.ExecuteAsync(session.Dialect.ForUpdate(LockCreation));
            await RefuseTakenNameAsync(session, experiment.Name!);
            var (publicId, number, location) = await NewExperimentIdAsync(session, experiment, artifactRoot.TrimEnd('/'));
            var folder = await Folders.EnsureAsync(session, FolderPath.Of(experiment.Name!, change.Principal), change);
            var created = experiment.CreationTime ?? change.At;
            var id = await session.FirstAsync(
                """
                INSERT INTO experiments (public_id, number, name, artifact_location, served_path, folder_id, deleted, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7) RETURNING id
                """,
                static row => row.Integer(0), 0L, publicId, number, experiment.Name, location, ServedPath.Of(location), folder.Id, created);
            var tags = experiment.Tags ?? [];
            await TagTable.OfExperiments.SetAsync(session, id, tags);
            await EventWriter.WriteAsync(session, change, EventAction.ExperimentCreate, publicId, EventDetail.Changes(
                [new("name", null, experiment.Name), new("artifact_location", null, location), .. TagTable.Added(tags)]));
            await Grants.GiveCreatorAsync(session, new(ObjectKinds.Experiment, id, publicId), folder.Id, change);
            return publicId;
        }, cancel);

    public Task RenameExperimentAsync(string experimentId, string? judgedName, string newName, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            await AccessVersion.LockAsync(session);
            var experiment = await ExperimentKey.LockActiveAsync(session, experimentId);
            if (judgedName is not null && experiment.Name != judgedName)
            {
                // It may have moved to another folder since access was checked.
                throw new ProtocolException(ErrorCode.ResourceConflict, $"Experiment {experimentId} was renamed concurrently. Try again.");
            }

            if (experiment.Name == newName)
            {
                return;
            }

            await RefuseTakenNameAsync(session, newName);
            var from = await Folders.OfExperimentAsync(session, experiment.Id);
            var to = FolderPath.StaysIn(experiment.Name, newName) ? from : await Folders.EnsureAsync(session, FolderPath.Of(newName, change.Principal), change);
            await session.ExecuteAsync("UPDATE experiments SET name = $2, folder_id = $3, updated_at = $4 WHERE id = $1", experiment.Id, newName, to.Id, change.At);
            await _accessVersion.ChangeAsync(session);
            var renamed = new FieldChange("name", experiment.Name, newName);
            await EventWriter.WriteAsync(session, change, EventAction.ExperimentRename, experimentId,
                to == from ? EventDetail.Changes(renamed) : EventDetail.Changes(renamed, new FieldChange("folder", from.Path, to.Path)));
        }, cancel);

    public Task SetExperimentDeletedAsync(string experimentId, bool deleted, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            var experiment = await ExperimentKey.LockAsync(session, experimentId);
            if (experiment is null || experiment.Deleted == deleted)
            {
                throw ExperimentKey.NotFound(experimentId);
            }

            await session.ExecuteAsync("UPDATE experiments SET deleted = $2, updated_at = $3 WHERE id = $1", experiment.Id, deleted, change.At);
            var runs = await session.ExecuteAsync(deleted
                ? "UPDATE runs SET deleted = 1, deleted_with_experiment = 1 WHERE experiment_id = $1 AND deleted = 0"
                : "UPDATE runs SET deleted = 0, deleted_with_experiment = 0 WHERE experiment_id = $1 AND deleted_with_experiment = 1", experiment.Id);
            await EventWriter.WriteAsync(session, change, deleted ? EventAction.ExperimentDelete : EventAction.ExperimentRestore, experimentId,
                EventDetail.Of([new Appended("runs", runs, [])], [LifecycleChange(deleted)]));
        }, cancel);

    public Task SetExperimentTagAsync(string experimentId, string key, string? value, Change change, CancellationToken cancel) =>
        _database.WriteAsync(async session =>
        {
            var experiment = await ExperimentKey.LockActiveAsync(session, experimentId);
            if (await TagTable.OfExperiments.ChangeAsync(session, experiment.Id, key, value) is { } changed)
            {
                await EventWriter.WriteAsync(
                    session, change, value is null ? EventAction.ExperimentDeleteTag : EventAction.ExperimentSetTag, experimentId, EventDetail.Changes(changed));
            }
            else if (value is null)
            {
                throw ProtocolException.NotFound($"No tag with name: {key} in experiment with id {experimentId}");
            }
        }, cancel);

    private static FieldChange LifecycleChange(bool deleted) => deleted
        ? new("lifecycle_stage", LifecycleStage.Active, LifecycleStage.Deleted)
        : new("lifecycle_stage", LifecycleStage.Deleted, LifecycleStage.Active);

    private static async ValueTask RefuseTakenNameAsync(SqlSession session, string name)
    {
        if (await session.FirstAsync("SELECT 1 FROM experiments WHERE name = $1", static _ => true, false, name))
        {
            // In what state, and whose, is for those to know who may read it.
            throw ProtocolException.AlreadyExists($"Experiment(name={name}) already exists.");
        }
    }

    // Our ids are numbers, one more than the highest so far; an importer's id may be a number too.
    private static async ValueTask<(string PublicId, long? Number, string Location)> NewExperimentIdAsync(
        SqlSession session, CreateExperiment experiment, string artifactRoot)
    {
        var (given, location) = (experiment.ExperimentId, experiment.ArtifactLocation);
        if (string.IsNullOrEmpty(given))
        {
            var next = await session.FirstAsync("SELECT COALESCE(MAX(number), 0) + 1 FROM experiments", static row => row.Integer(0), 1L);
            if (!string.IsNullOrEmpty(location))
            {
                await ArtifactLocations.CheckAsync(session, location, Text(next));
                return (Text(next), next, location);
            }

            // In a record from before such locations were refused, another experiment may have it.
            while (await ArtifactLocations.IsTakenAsync(session, $"{artifactRoot}/{next}"))
            {
                next++;
            }

            return (Text(next), next, $"{artifactRoot}/{next}");
        }

        var taken = await session.FirstAsync("SELECT 1 FROM experiments WHERE public_id = $1", static _ => true, false, given);
        if (taken)
        {
            throw ProtocolException.AlreadyExists($"Experiment(id={given}) already exists.");
        }

        location = string.IsNullOrEmpty(location) ? $"{artifactRoot}/{given}" : location;
        await ArtifactLocations.CheckAsync(session, location, given);

        // 18 digits leave room for ids to follow.
        var isNumber = given.Length <= 18 && given.All(char.IsAsciiDigit) && (given.Length == 1 || given[0] != '0');
        return (given, isNumber ? long.Parse(given, CultureInfo.InvariantCulture) : null, location);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
