using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>
/// Lays open what servers keep as text: a string member that is JSON becomes the value it holds (<c>"0.9"</c> the float, <c>"[]"</c> the
/// array), as reports have always shown it. Elements of arrays stay text. Texts that are not JSON, such as <c>None</c>, stay.
/// </summary>
/// <remarks>
/// Known identifiers are never exploded: an id of digits would become a number, and one like <c>12e34</c> a float that no longer
/// names anything. An id of digits shows the same in tables either way.
/// </remarks>
internal static class Exploder
{
    /// <summary>How deep a value may be, laid open: enough below the depth to which data documents are read that they can be read again.</summary>
    public const int MaxDepth = JsonReader.MaxDepth - 16;

    private const string SparkKey = "sparkDatasourceInfo";

    private static readonly HashSet<string> Identifiers = new(StringComparer.Ordinal)
    {
        "artifact_path", "artifact_uri", "artifact_location", "digest", "experiment_id", "key", "model_id", "model_uuid", "name",
        "run_id", "run_name", "run_uuid", "user_id",
        "mlflow.databricks.cluster.id", "mlflow.databricks.gitRepoCommit", "mlflow.databricks.jobID", "mlflow.databricks.jobRunID",
        "mlflow.databricks.notebook.commandID", "mlflow.databricks.notebookID", "mlflow.databricks.notebookRevisionID",
        "mlflow.databricks.workspaceID", "mlflow.ownerId", "mlflow.parentRunId", "mlflow.rootRunId", "mlflow.runName",
        "mlflow.source.git.commit", "mlflow.source.name", "mlflow.user",
    };

    /// <summary>A copy of the object with its members laid open, recursively; the object itself is not touched.</summary>
    public static RecordObject Explode(RecordObject members) => Explode(members, 1);

    private static RecordObject Explode(RecordObject members, int depth)
    {
        var pairKey = members.Count >= 2 && members.Has("value") ? members.TextAt("key") : null;
        return new RecordObject(members.Select(member => KeyValuePair.Create(
            member.Key,
            ExplodeMember(pairKey is not null && member.Key == "value" ? pairKey : member.Key, member.Value, depth))));
    }

    private static RecordValue ExplodeMember(string key, RecordValue value, int depth) => value switch
    {
        RecordText text when key == SparkKey => SparkDatasources.Parse(text.Value),
        RecordText when Identifiers.Contains(key) => value,
        RecordText text => JsonReader.TryParse(text.Value, MaxDepth - depth, out var inner) ? ExplodeContainer(inner, depth) : value,
        _ => ExplodeContainer(value, depth),
    };

    private static RecordValue ExplodeContainer(RecordValue value, int depth) => value switch
    {
        RecordObject members => Explode(members, depth + 1),
        RecordList array => new RecordList(array.Select(item => ExplodeContainer(item, depth + 1))),
        _ => value,
    };
}
