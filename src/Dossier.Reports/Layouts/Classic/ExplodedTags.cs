using Dossier.Protocol.Json;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>"Exploded Tags": the tags whose text holds a structure, laid open: Spark sources, the cluster and its libraries.</summary>
internal static class ExplodedTags
{
    private const string Cluster = "mlflow.databricks.cluster.";

    public static void Lay(ClassicBody to, RecordObject tags)
    {
        to.Heading(3, "Exploded Tags");
        LaySpark(to, tags["sparkDatasourceInfo"]);
        if (tags[Cluster + "id"] is { IsEmpty: false } id)
        {
            LayCluster(to, id, tags.ObjectAt(Cluster + "info") ?? []);
            LayLibraries(to, tags.ObjectAt(Cluster + "libraries") ?? [], tags[Cluster + "libraries.error"]);
        }
    }

    private static void LaySpark(ClassicBody to, RecordValue? value)
    {
        to.Heading(4, "Spark Datasources");
        if (value is RecordList { IsEmpty: false } sources)
        {
            to.Grid(["Format", "Version", "Path"], sources.Select(source => SparkRow(source as RecordObject ?? [])));
        }
        else
        {
            to.DataOrAbsent(value);
        }
    }

    private static IEnumerable<RecordValue> SparkRow(RecordObject source) =>
        [source["format"] ?? RecordNull.Value, source["version"] ?? new RecordText(""), source["path"] ?? RecordNull.Value];

    private static void LayCluster(ClassicBody to, RecordValue id, RecordObject info) =>
        to.KeyValues(4, "Cluster Info", new RecordObject(info.Prepend(KeyValuePair.Create("cluster_id", id))), "Key");

    private static void LayLibraries(ClassicBody to, RecordObject libraries, RecordValue? error)
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
    private static void LayLibraryList(ClassicBody to, string title, RecordValue? list)
    {
        if (list is RecordList { IsEmpty: false } array)
        {
            to.KeyValues(5, title, new RecordObject(array.OfType<RecordObject>().SelectMany(library => library.Take(1))));
        }
    }
}
