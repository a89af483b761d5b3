using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>Who may do what, as Databricks tells it. A call that fails leaves its error in place of its part.</summary>
/// <param name="source">The server.</param>
internal sealed class PermissionsCollector(RecordSource source)
{
    /// <summary>The levels there are and who has which, of an experiment or a workspace registry's model.</summary>
    public async Task<JsonValue> OfObjectAsync(string objectType, string objectId, CancellationToken cancellationToken) => new JsonObject
    {
        ["permission_levels"] = await Failure.OrRecordAsync(
            async () =>
            {
                var levels = await source.AskAsync(new RecordQuery.PermissionLevels(objectType, objectId), cancellationToken);
                return levels["permission_levels"] ?? levels;
            },
            Failure.OfPermissions),
        ["permissions"] = await AskAsync(new RecordQuery.Permissions(objectType, objectId), cancellationToken),
    };

    /// <summary>The grants on a Unity Catalog model, and with the inherited ones.</summary>
    public async Task<JsonValue> OfCatalogModelAsync(string name, CancellationToken cancellationToken) => new JsonObject
    {
        ["permissions"] = await AskAsync(new RecordQuery.UnityCatalogGrants(name, Effective: false), cancellationToken),
        ["effective_permissions"] = await AskAsync(new RecordQuery.UnityCatalogGrants(name, Effective: true), cancellationToken),
    };

    private Task<JsonValue> AskAsync(RecordQuery query, CancellationToken cancellationToken) =>
        Failure.OrRecordAsync(async () => await source.AskAsync(query, cancellationToken), Failure.OfPermissions);
}
