using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>Collects a registered model and one of its versions.</summary>
/// <param name="source">The server.</param>
/// <param name="permissions">Null when permissions are not wanted.</param>
internal sealed class RegistryCollector(RecordSource source, PermissionsCollector? permissions)
{
    /// <summary>The registered model as the document shows it; what cannot be read leaves its error.</summary>
    public async Task<JsonObject> ModelAsync(string name, CancellationToken cancellationToken)
    {
        var unityCatalog = source.InUnityCatalog(name);
        JsonObject model;
        try
        {
            model = new JsonObject(await ReadModelAsync(name, unityCatalog, cancellationToken));
        }
        catch (ProtocolException exception)
        {
            return new JsonObject { ["name"] = new JsonString(name), ["error"] = new JsonString(exception.Message) };
        }

        model.Take("latest_versions");
        model["tags"] = KeyValueList.ToObject(model["tags"]) ?? [];
        RecordTime.Append(model, "creation_timestamp");
        RecordTime.Append(model, "last_updated_timestamp");
        model["_is_unity_catalog"] = JsonValue.Of(unityCatalog);
        source.Links.AppendModel(model, name, unityCatalog);
        if (permissions is not null && unityCatalog)
        {
            model["permissions"] = await permissions.OfCatalogModelAsync(name, cancellationToken);
        }
        else if (permissions is not null && model.TextAt("id") is { } id
            && await permissions.OfObjectAsync("registered-models", id, cancellationToken) is { } found)
        {
            model["permissions"] = found;
        }

        return model;
    }

    /// <summary>The version as the document shows it.</summary>
    /// <param name="found">The version as read, and where its files are.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<JsonObject> VersionAsync(FoundVersion found, CancellationToken cancellationToken)
    {
        var unityCatalog = source.InUnityCatalog(found.Name);
        var version = new JsonObject(found.Raw);
        KeyValueList.MoveTags(version);
        if (!unityCatalog && await TransitionRequestsAsync(found, cancellationToken) is { } requests)
        {
            version["_transition_requests"] = requests;
        }

        RecordTime.Append(version, "creation_timestamp");
        RecordTime.Append(version, "last_updated_timestamp");
        version["_is_unity_catalog"] = JsonValue.Of(unityCatalog);
        version["_reg_model_download_uri"] = JsonValue.Of(found.DownloadUri);
        version["_run_model_download_uri"] = version["source"] ?? JsonNull.Value;
        source.Links.AppendVersion(version, found.Name, found.Number, unityCatalog);
        return version;
    }

    private async Task<JsonObject> ReadModelAsync(string name, bool unityCatalog, CancellationToken cancellationToken)
    {
        if (permissions is not null && !unityCatalog)
        {
            try
            {
                return await source.AskAsync(new RecordQuery.DatabricksRegisteredModel(name), "registered_model_databricks", cancellationToken);
            }
            catch (ProtocolException exception) when (source.IsUnknownCall(exception))
            {
                // Then there are no permissions to ask for by the id that only this call tells.
            }
        }

        return await source.AskAsync(new RecordQuery.RegisteredModel(name), "registered_model", cancellationToken);
    }

    /// <summary>The open requests to change the version's stage; null from a server that has none.</summary>
    private async Task<JsonValue?> TransitionRequestsAsync(FoundVersion found, CancellationToken cancellationToken)
    {
        try
        {
            return (await source.AskAsync(new RecordQuery.TransitionRequests(found.Name, found.Number), cancellationToken))["requests"] ?? new JsonArray();
        }
        catch (ProtocolException exception) when (source.IsUnknownCall(exception))
        {
            return null;
        }
        catch (ProtocolException exception)
        {
            return new JsonObject { ["error"] = Failure.Of(exception) };
        }
    }
}
