using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>Collects a run and its experiment.</summary>
/// <param name="source">The server.</param>
/// <param name="permissions">Null when permissions are not wanted.</param>
internal sealed class RunCollector(RecordSource source, PermissionsCollector? permissions)
{
    /// <summary>The run as the document shows it, from the server's own form of it.</summary>
    /// <param name="raw">The run as read.</param>
    /// <param name="experimentName">Null when the experiment could not be read.</param>
    public RecordObject Enrich(RecordObject raw, string? experimentName)
    {
        var run = Exploder.Explode(raw);
        var info = run.ObjectAt("info") ?? [];
        AppendTimes(info);
        if (experimentName is not null)
        {
            info["_experiment_name"] = new RecordText(experimentName);
        }

        source.Links.AppendRun(info, info.TextAt("experiment_id") ?? "", info.TextAt("run_id") ?? "");
        var data = run.ObjectAt("data") ?? [];
        KeyValueList.MoveTags(data);
        if (!source.IsDatabricks)
        {
            Sort(data);
        }

        run["info"] = info;
        run["data"] = data;
        run["inputs"] = run["inputs"] ?? new RecordObject();
        return run;
    }

    /// <summary>Asks ahead for what <see cref="ExperimentAsync"/> will need.</summary>
    public void AskAhead(string experimentId)
    {
        source.AskAhead(new RecordQuery.Experiment(experimentId));
        permissions?.AskAhead("experiments", experimentId);
    }

    /// <summary>The experiment as the document shows it; what cannot be read leaves its error under the id.</summary>
    public async Task<RecordObject> ExperimentAsync(string experimentId)
    {
        AskAhead(experimentId);
        RecordObject raw;
        try
        {
            raw = await source.AskAsync(new RecordQuery.Experiment(experimentId), "experiment");
        }
        catch (ProtocolException exception)
        {
            return new RecordObject { ["experiment_id"] = new RecordText(experimentId), ["error"] = new RecordText(exception.Message) };
        }

        var experiment = Exploder.Explode(raw);
        KeyValueList.MoveTags(experiment);
        RecordTime.Append(experiment, "creation_time");
        RecordTime.Append(experiment, "last_update_time");
        experiment["_tracking_uri"] = new RecordText(source.TrackingUri);
        source.Links.AppendExperiment(experiment, experimentId);
        if (permissions is not null && await permissions.OfObjectAsync("experiments", experimentId) is { } found)
        {
            experiment["permissions"] = found;
        }

        return experiment;
    }

    private static void AppendTimes(RecordObject info)
    {
        RecordTime.Append(info, "start_time");
        RecordTime.Append(info, "end_time");
        if (PositiveInteger.Of(info["start_time"]) is { } start && PositiveInteger.Of(info["end_time"]) is { } end)
        {
            info["_duration"] = RecordNumber.Of((end - start) / 1000.0);
        }
    }

    /// <summary>Databricks returns them in this order; other servers in the order of logging.</summary>
    private static void Sort(RecordObject data)
    {
        foreach (var list in new[] { "params", "metrics" })
        {
            if (data.ArrayAt(list) is { } pairs)
            {
                data[list] = new RecordList(pairs.OrderBy(pair => (pair as RecordObject)?.TextAt("key"), StringComparer.Ordinal));
            }
        }

        if (data.ObjectAt("tags") is { } tags)
        {
            data["tags"] = new RecordObject(tags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
        }
    }
}
