using Dossier.Core.Access;

namespace Dossier.Storage.Access;

/// <summary>Reads what one principal was granted.</summary>
internal sealed partial class AccessStore
{
    public Task<IReadOnlyList<(AccessObject Target, PermissionLevel Level)>> ListDirectGrantsAsync(long principalId, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<(AccessObject, PermissionLevel)>>(async session =>
        [
            .. await session.ListAsync<(AccessObject, PermissionLevel)>(
                $"""
                SELECT e.public_id, g.level FROM grants g JOIN experiments e ON e.id = g.object_id
                WHERE g.principal_id = $1 AND g.object_type = {ObjectKinds.Experiment.Grants!.Number} ORDER BY e.id
                """,
                static row => (ObjectKinds.Experiment.Of(row.Text(0)), (PermissionLevel)row.Integer(1)), principalId),
            .. await session.ListAsync<(AccessObject, PermissionLevel)>(
                $"""
                SELECT m.name, g.level FROM grants g JOIN registered_models m ON m.id = g.object_id
                WHERE g.principal_id = $1 AND g.object_type = {ObjectKinds.Model.Grants!.Number} ORDER BY m.name
                """,
                static row => (ObjectKinds.Model.Of(row.Text(0)), (PermissionLevel)row.Integer(1)), principalId),
        ], cancel);
}
