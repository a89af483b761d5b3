using Dossier.Protocol.Json;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Exploded Tags": the tags whose text holds a structure, laid open: Spark sources, the cluster and its libraries.</summary>
internal static class ExplodedTags
{
    private const string Cluster = "mlflow.databricks.cluster.";

    public static void Lay(ClassicBody to, JsonObject tags)
    {
        to.Heading(3, "Exploded Tags");
        LaySpark(to, tags["sparkDatasourceInfo"]);
        if (tags[Cluster + "id"] is { IsEmpty: false } id)
        {
            LayCluster(to, id, tags.ObjectAt(Cluster + "info") ?? []);
            LayLibraries(to, tags.ObjectAt(Cluster + "libraries") ?? [], tags[Cluster + "libraries.error"]);
        }
    }

    private static void LaySpark(ClassicBody to, JsonValue? value)
    {
        to.Heading(4, "Spark Datasources");
        if (value is JsonArray { IsEmpty: false } sources)
        {
            to.Grid(["Format", "Version", "Path"], sources.Select(source => SparkRow(source as JsonObject ?? [])));
        }
        else
        {
            to.DataOrAbsent(value);
        }
    }

    private static IEnumerable<JsonValue> SparkRow(JsonObject source) =>
        [source["format"] ?? JsonNull.Value, source["version"] ?? new JsonString(""), source["path"] ?? JsonNull.Value];

    private static void LayCluster(ClassicBody to, JsonValue id, JsonObject info) =>
        to.KeyValues(4, "Cluster Info", new JsonObject(info.Prepend(KeyValuePair.Create("cluster_id", id))), "Key");

    private static void LayLibraries(ClassicBody to, JsonObject libraries, JsonValue? error)
    {
        to.Heading(4, "Cluster Libraries");
        LayLibraryList(to, "Installable Libraries", libraries["installable"]);
        LayLibraryList(to, "Redacted Libraries", libraries["redacted"]);
        if (error is { IsEmpty: false })
        {
            to.Data(error);
        }
    }

    /// <summary>The library's type is the key, so only the last of each type shows in this layout.</summary>
    private static void LayLibraryList(ClassicBody to, string title, JsonValue? list)
    {
        if (list is JsonArray { IsEmpty: false } array)
        {
            to.KeyValues(5, title, new JsonObject(array.OfType<JsonObject>().SelectMany(library => library.Take(1))));
        }
    }
}
