using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Core.Prompts;
using Dossier.Protocol;
using Dossier.Storage.Events;
using Dossier.Storage.Review;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Registry;

/// <summary>Writes to model versions.</summary>
internal sealed partial class RegistryStore
{
    public Task<ModelVersion> CreateVersionAsync(CreateModelVersion version, string downloadUri, Change change, CancellationToken cancel) =>
        database.WriteAsync(async session =>
        {
            var model = await LockedModel.TakeAsync(session, version.Name!);
            var number = model.LastVersion + 1;
            // A prompt has no files, and its source has not been checked.
            var servedPath = PromptTags.IsPrompt(version.Tags ?? []) ? null : ServedPath.Of(downloadUri);
            await session.ExecuteAsync("UPDATE registered_models SET last_version = $2, updated_at = $3 WHERE id = $1", model.Id, number, change.At);
            var id = await session.FirstAsync(
                """
                INSERT INTO model_versions (model_id, version, user_id, stage, description, source, download_uri, served_path, run_id, run_link, logged_model_id, created_at, updated_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) RETURNING id
                """,
                static row => row.Integer(0),
                0L,
                model.Id, number, change.Principal, ModelStage.None, version.Description, version.Source, downloadUri, servedPath, version.RunId,
                version.RunLink, version.ModelId, version.CreationTimestamp ?? change.At);
            await TagTable.OfVersions.SetAsync(session, id, version.Tags ?? []);
            await EventWriter.WriteAsync(session, change, EventAction.ModelVersionCreate, $"{model.Name}/{number}", model.PublicId, EventDetail.Changes(
            [
                new("source", null, version.Source), new("run_id", null, version.RunId), new("description", null, version.Description),
                .. TagTable.Added(version.Tags ?? []),
            ]));
            return (await VersionReader.FindAsync(session, model.Name, number))!;
        }, cancel);

    public Task<ModelVersion> UpdateVersionAsync(string name, int version, string description, Change change, CancellationToken cancel) =>
        ChangeVersionAsync(name, version, async (session, locked) =>
        {
            await session.ExecuteAsync(
                "UPDATE model_versions SET description = $2, updated_at = $3 WHERE id = $1", locked.Id, description, change.At);
            await EventWriter.WriteAsync(session, change, EventAction.ModelVersionUpdate, locked, EventDetail.Changes(
                new FieldChange("description", locked.Description, description)));
        }, cancel);

    public Task DeleteVersionAsync(string name, int version, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var locked = await LockedVersion.TakeAsync(session, name, version);
        await session.ExecuteAsync("DELETE FROM model_version_tags WHERE version_id = $1", locked.Id);
        await session.ExecuteAsync("DELETE FROM model_aliases WHERE model_id = $1 AND version = $2", locked.Model.Id, locked.Number);
        await RequestTable.CancelAllAsync(session, locked, change);
        await session.ExecuteAsync("DELETE FROM model_versions WHERE id = $1", locked.Id);
        // Who may read the model could read the version's files.
        await accessVersion.ChangeAsync(session);
        await TouchAsync(session, locked.Model.Id, change);
        await EventWriter.WriteAsync(session, change, EventAction.ModelVersionDelete, locked, EventDetail.Changes(
            new FieldChange("current_stage", locked.Stage, null), new FieldChange("description", locked.Description, null)));
    }, cancel);

    public Task SetVersionTagAsync(string name, int version, string key, string? value, Change change, CancellationToken cancel) =>
        database.WriteAsync(async session =>
        {
            var locked = await LockedVersion.TakeAsync(session, name, version);
            await SetTagAsync(session, TagTable.OfVersions, locked.Id, key, value, change,
                value is null ? EventAction.ModelVersionDeleteTag : EventAction.ModelVersionSetTag, locked.EventId, locked.Model);
        }, cancel);
}
