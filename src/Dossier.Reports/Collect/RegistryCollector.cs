using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>A model version that was found.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Number">The version.</param>
/// <param name="Raw">The version as the server returns it.</param>
/// <param name="DownloadUri">Where its files are; null when the server does not say.</param>
internal sealed record FoundVersion(string Name, string Number, RecordObject Raw, string? DownloadUri);

/// <summary>Collects a registered model and one of its versions.</summary>
/// <param name="source">The server.</param>
/// <param name="permissions">Null when permissions are not wanted.</param>
internal sealed class RegistryCollector(RecordSource source, PermissionsCollector? permissions)
{
    /// <summary>Reads a version, and asks ahead for what the document shows of it.</summary>
    /// <exception cref="ProtocolException">The model or version does not exist.</exception>
    public async Task<FoundVersion> ReadVersionAsync(VersionKey key)
    {
        var (name, number) = key;
        source.AskAhead(new RecordQuery.DownloadUri(name, number));
        if (!source.InUnityCatalog(name))
        {
            source.AskAhead(new RecordQuery.TransitionRequests(name, number));
        }

        return new FoundVersion(
            name, number, await source.AskAsync(new RecordQuery.ModelVersion(name, number), "model_version"), await DownloadUriAsync(name, number));
    }

    /// <summary>The registered model as the document shows it; what cannot be read leaves its error.</summary>
    public async Task<RecordObject> ModelAsync(string name)
    {
        var unityCatalog = source.InUnityCatalog(name);
        RecordObject model;
        try
        {
            model = new RecordObject(await ReadModelAsync(name, unityCatalog));
        }
        catch (ProtocolException exception)
        {
            return new RecordObject { ["name"] = new RecordText(name), ["error"] = new RecordText(exception.Message) };
        }

        model.Take("latest_versions");
        model["tags"] = KeyValueList.ToObject(model["tags"]) ?? [];
        RecordTime.Append(model, "creation_timestamp");
        RecordTime.Append(model, "last_updated_timestamp");
        model["_is_unity_catalog"] = RecordValue.Of(unityCatalog);
        source.Links.AppendModel(model, name, unityCatalog);
        if (permissions is not null && unityCatalog)
        {
            model["permissions"] = await permissions.OfCatalogModelAsync(name);
        }
        else if (permissions is not null && model.TextAt("id") is { } id
            && await permissions.OfObjectAsync("registered-models", id) is { } found)
        {
            model["permissions"] = found;
        }

        return model;
    }

    /// <summary>The version as the document shows it.</summary>
    public async Task<RecordObject> VersionAsync(FoundVersion found)
    {
        var unityCatalog = source.InUnityCatalog(found.Name);
        var version = new RecordObject(found.Raw);
        KeyValueList.MoveTags(version);
        if (!unityCatalog && await TransitionRequestsAsync(found) is { } requests)
        {
            version["_transition_requests"] = requests;
        }

        RecordTime.Append(version, "creation_timestamp");
        RecordTime.Append(version, "last_updated_timestamp");
        version["_is_unity_catalog"] = RecordValue.Of(unityCatalog);
        version["_reg_model_download_uri"] = RecordValue.Of(found.DownloadUri);
        version["_run_model_download_uri"] = version["source"] ?? RecordNull.Value;
        source.Links.AppendVersion(version, found.Name, found.Number, unityCatalog);
        return version;
    }

    private async Task<string?> DownloadUriAsync(string name, string number)
    {
        try
        {
            return (await source.AskAsync(new RecordQuery.DownloadUri(name, number))).TextAt("artifact_uri");
        }
        catch (ProtocolException)
        {
            // The version is known and reported; only this one row stays empty.
            return null;
        }
    }

    private async Task<RecordObject> ReadModelAsync(string name, bool unityCatalog)
    {
        if (permissions is not null && !unityCatalog)
        {
            try
            {
                return await source.AskAsync(new RecordQuery.DatabricksRegisteredModel(name), "registered_model_databricks");
            }
            catch (ProtocolException exception) when (source.IsUnknownCall(exception))
            {
                // Then there are no permissions to ask for: they need the id that only this call returns.
            }
        }

        return await source.AskAsync(new RecordQuery.RegisteredModel(name), "registered_model");
    }

    /// <summary>The open requests to change the version's stage; null from a server that has none.</summary>
    private async Task<RecordValue?> TransitionRequestsAsync(FoundVersion found)
    {
        try
        {
            return (await source.AskAsync(new RecordQuery.TransitionRequests(found.Name, found.Number)))["requests"] ?? new RecordList();
        }
        catch (ProtocolException exception) when (source.IsUnknownCall(exception))
        {
            return null;
        }
        catch (ProtocolException exception)
        {
            return new RecordObject { ["error"] = Failure.Of(exception) };
        }
    }
}
