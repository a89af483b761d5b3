using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Collect;

/// <summary>Collects permissions from Databricks and Dossier servers. A call that fails leaves its error in place of its part.</summary>
/// <param name="source">The server.</param>
internal sealed class PermissionsCollector(RecordSource source)
{
    /// <summary>Asks ahead for what <see cref="OfObjectAsync"/> will need.</summary>
    public void AskAhead(string objectType, string objectId) =>
        source.AskAhead(new RecordQuery.PermissionLevels(objectType, objectId), new RecordQuery.Permissions(objectType, objectId));

    /// <summary>The levels and grants of an experiment or a registered model; null from a server that has no permissions.</summary>
    public async Task<RecordValue?> OfObjectAsync(string objectType, string objectId)
    {
        AskAhead(objectType, objectId);
        RecordValue levels;
        try
        {
            var answer = await source.AskAsync(new RecordQuery.PermissionLevels(objectType, objectId));
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

        return new RecordObject
        {
            ["permission_levels"] = levels,
            ["permissions"] = await AskAsync(new RecordQuery.Permissions(objectType, objectId)),
        };
    }

    /// <summary>The grants on a Unity Catalog model: those on itself, and those with the inherited ones.</summary>
    public async Task<RecordValue> OfCatalogModelAsync(string name)
    {
        RecordQuery own = new RecordQuery.UnityCatalogGrants(name, Effective: false);
        RecordQuery effective = new RecordQuery.UnityCatalogGrants(name, Effective: true);
        source.AskAhead(own, effective);
        return new RecordObject { ["permissions"] = await AskAsync(own), ["effective_permissions"] = await AskAsync(effective) };
    }

    private Task<RecordValue> AskAsync(RecordQuery query) =>
        Failure.OrRecordAsync(async () => await source.AskAsync(query), Failure.OfPermissions);
}
