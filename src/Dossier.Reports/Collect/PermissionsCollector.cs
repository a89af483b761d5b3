using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>Who may do what, as Databricks and Dossier servers tell it. A call that fails leaves its error in place of its part.</summary>
/// <param name="source">The server.</param>
internal sealed class PermissionsCollector(RecordSource source)
{
    /// <summary>The levels there are and who has which, of an experiment or a registered model; null from a server that has no permissions.</summary>
    public async Task<JsonValue?> OfObjectAsync(string objectType, string objectId, CancellationToken cancellationToken)
    {
        JsonValue levels;
        try
        {
            var answer = await source.AskAsync(new RecordQuery.PermissionLevels(objectType, objectId), cancellationToken);
            levels = answer["permission_levels"] ?? answer;
        }
        catch (ProtocolException exception) when (source.IsUnknownCall(exception))
        {
            return null;
        }
        catch (ProtocolException exception)
        {
            levels = Failure.OfPermissions(exception);
        }

        return new JsonObject
        {
            ["permission_levels"] = levels,
            ["permissions"] = await AskAsync(new RecordQuery.Permissions(objectType, objectId), cancellationToken),
        };
    }

    /// <summary>The grants on a Unity Catalog model, and with the inherited ones.</summary>
    public async Task<JsonValue> OfCatalogModelAsync(string name, CancellationToken cancellationToken) => new JsonObject
    {
        ["permissions"] = await AskAsync(new RecordQuery.UnityCatalogGrants(name, Effective: false), cancellationToken),
        ["effective_permissions"] = await AskAsync(new RecordQuery.UnityCatalogGrants(name, Effective: true), cancellationToken),
    };

    private Task<JsonValue> AskAsync(RecordQuery query, CancellationToken cancellationToken) =>
        Failure.OrRecordAsync(async () => await source.AskAsync(query, cancellationToken), Failure.OfPermissions);
}
