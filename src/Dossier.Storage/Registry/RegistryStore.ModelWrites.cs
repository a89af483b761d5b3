using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Events;
using Dossier.Storage.Review;
using Dossier.Storage.Sql;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Registry;

/// <summary>Writes to registered models and their aliases.</summary>
internal sealed partial class RegistryStore
{
    public Task<RegisteredModel> CreateModelAsync(CreateRegisteredModel model, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var name = model.Name!;
        await RefuseTakenAsync(session, name);
        if (model.Id is not null && await session.FirstAsync("SELECT 1 FROM registered_models WHERE public_id = $1", static _ => true, false, model.Id))
        {
            throw ProtocolException.AlreadyExists($"Registered Model (id={model.Id}) already exists.");
        }

        var publicId = model.Id ?? Guid.NewGuid().ToString("N");
        var createdAt = model.CreationTimestamp ?? change.At;
        var id = await session.FirstAsync(
            "INSERT INTO registered_models (public_id, name, user_id, description, last_version, created_at, updated_at) VALUES ($1, $2, $3, $4, 0, $5, $5) RETURNING id",
            static row => row.Integer(0),
            0L,
            publicId, name, change.Principal, model.Description, createdAt);
        await TagTable.OfModels.SetAsync(session, id, model.Tags ?? []);
        await EventWriter.WriteAsync(session, change, EventAction.RegisteredModelCreate, name, publicId, EventDetail.Changes(
            [new("description", null, model.Description), .. TagTable.Added(model.Tags ?? [])]));
        await Grants.GiveCreatorBelowRootAsync(session, new(ObjectKinds.Model, id, name, publicId), change);
        return (await ModelReader.FindAsync(session, name))!;
    }, cancel);

    public Task<RegisteredModel> UpdateModelAsync(string name, string description, Change change, CancellationToken cancel) =>
        ChangeModelAsync(name, name, async (session, model) =>
        {
            await session.ExecuteAsync(
                "UPDATE registered_models SET description = $2, updated_at = $3 WHERE id = $1", model.Id, description, change.At);
            await EventWriter.WriteAsync(session, change, EventAction.RegisteredModelUpdate, model, EventDetail.Changes(
                new FieldChange("description", model.Description, description)));
        }, cancel);

    public Task<RegisteredModel> RenameModelAsync(string name, string newName, Change change, CancellationToken cancel) =>
        ChangeModelAsync(name, newName, async (session, model) =>
        {
            if (newName != name)
            {
                await RefuseTakenAsync(session, newName);
            }

            await session.ExecuteAsync("UPDATE registered_models SET name = $2, updated_at = $3 WHERE id = $1", model.Id, newName, change.At);
            await session.ExecuteAsync("UPDATE model_versions SET updated_at = $2 WHERE model_id = $1", model.Id, change.At);
            await accessVersion.ChangeAsync(session);
            await EventWriter.WriteAsync(session, change, EventAction.RegisteredModelRename, model, EventDetail.Changes(
                new FieldChange("name", name, newName)));
        }, cancel);

    public Task DeleteModelAsync(string name, Change change, CancellationToken cancel) => WriteAsync(name, async (session, model) =>
    {
        await session.ExecuteAsync(
            "DELETE FROM model_version_tags WHERE version_id IN (SELECT v.id FROM model_versions v WHERE v.model_id = $1)", model.Id);
        await session.ExecuteAsync("DELETE FROM model_aliases WHERE model_id = $1", model.Id);
        await RequestTable.CancelAllAsync(session, model, change);
        var versions = await session.ExecuteAsync("DELETE FROM model_versions WHERE model_id = $1", model.Id);
        await session.ExecuteAsync("DELETE FROM registered_model_tags WHERE model_id = $1", model.Id);
        await session.ExecuteAsync("DELETE FROM registered_models WHERE id = $1", model.Id);
        await accessVersion.ChangeAsync(session);
        await Grants.DropAsync(session, ObjectKinds.Model, model.Id);
        await session.ExecuteAsync("INSERT INTO deleted_models (public_id, name, deleted_at) VALUES ($1, $2, $3)", model.PublicId, name, change.At);
        await EventWriter.WriteAsync(session, change, EventAction.RegisteredModelDelete, model, EventDetail.Changes(
            new FieldChange("name", name, null),
            new FieldChange("description", model.Description, null),
            new FieldChange("versions", versions.ToString(CultureInfo.InvariantCulture), null)));
    }, cancel);

    public Task SetModelTagAsync(string name, string key, string? value, Change change, CancellationToken cancel) => WriteAsync(name, (session, model) =>
        SetTagAsync(session, TagTable.OfModels, model.Id, key, value, change,
            value is null ? EventAction.RegisteredModelDeleteTag : EventAction.RegisteredModelSetTag, name, model), cancel);

    public Task SetAliasAsync(string name, string alias, int version, Change change, CancellationToken cancel) => database.WriteAsync(async session =>
    {
        var target = await LockedVersion.TakeAsync(session, name, version);
        var before = await AliasVersionAsync(session, target.Model.Id, alias);
        if (before == version)
        {
            return;
        }

        await session.ExecuteAsync(
            "INSERT INTO model_aliases (model_id, alias, version) VALUES ($1, $2, $3) ON CONFLICT (model_id, alias) DO UPDATE SET version = excluded.version",
            target.Model.Id, alias, (long)version);
        await EventWriter.WriteAsync(session, change, EventAction.RegisteredModelSetAlias, target.Model, AliasChange(alias, before, version));
    }, cancel);

    public Task DeleteAliasAsync(string name, string alias, Change change, CancellationToken cancel) => WriteAsync(name, async (session, model) =>
    {
        if (await AliasVersionAsync(session, model.Id, alias) is { } before)
        {
            await session.ExecuteAsync("DELETE FROM model_aliases WHERE model_id = $1 AND alias = $2", model.Id, alias);
            await EventWriter.WriteAsync(session, change, EventAction.RegisteredModelDeleteAlias, model, AliasChange(alias, before, null));
        }
    }, cancel);

    private static async ValueTask RefuseTakenAsync(SqlSession session, string name)
    {
        if (await session.FirstAsync("SELECT 1 FROM registered_models WHERE name = $1", static _ => true, false, name))
        {
            throw RegistryErrors.NameTaken(name);
        }
    }

    /// <summary>Sets or deletes a tag of a model or version, with its event; what is so already is left alone.</summary>
    private static async ValueTask SetTagAsync(
        SqlSession session, TagTable table, long ownerId, string key, string? value, Change change, EventAction action, string objectId, LockedModel model)
    {
        if (await table.ChangeAsync(session, ownerId, key, value) is { } changed)
        {
            await EventWriter.WriteAsync(session, change, action, objectId, model.PublicId, EventDetail.Changes(changed));
        }
    }

    private static ValueTask<long?> AliasVersionAsync(SqlSession session, long modelId, string alias) => session.FirstAsync<long?>(
        "SELECT version FROM model_aliases WHERE model_id = $1 AND alias = $2", static row => row.Integer(0), null, modelId, alias);

    private static string AliasChange(string alias, long? from, long? to) => EventDetail.Changes(new FieldChange(
        $"aliases.{alias}", from?.ToString(CultureInfo.InvariantCulture), to?.ToString(CultureInfo.InvariantCulture)));
}
