using System.Globalization;
using System.Text.Json;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Cli.Demo;

/// <summary>
/// The record that the demo replays: a training of 2023, read from the data document of its report. A data document holds exploded
/// values (a param <c>0.9</c> is a number in it); here they are the texts that were logged.
/// </summary>
/// <param name="document">The data document.</param>
internal sealed class DemoRecord(RecordObject document)
{
    private const string Resource = "Dossier.Cli.Demo.pcb-model.data.json";

    // What the report's making added to the MLmodel file.
    private static readonly string[] AddedToMlModel = ["model_flavor", "model_size_bytes", "artifacts"];

    private readonly RecordObject _run = document.ObjectAt("run")!;
    private readonly RecordObject _experiment = document.ObjectAt("experiment")!;
    private readonly RecordObject _version = document.ObjectAt("model_version")!;

    /// <summary>The experiment's name.</summary>
    public string ExperimentName => _experiment.TextAt("name")!;

    /// <summary>The experiment's tags.</summary>
    public IReadOnlyList<Tag> ExperimentTags => Tags(_experiment.ObjectAt("tags")!);

    /// <summary>The run's name.</summary>
    public string RunName => Info.TextAt("run_name")!;

    /// <summary>The id that the run had, which its tags and model repeat.</summary>
    public string RunId => Info.TextAt("run_id")!;

    /// <summary>The run's start, in milliseconds since the epoch.</summary>
    public long StartTime => Integer(Info["start_time"]!);

    /// <summary>The run's end, in milliseconds since the epoch.</summary>
    public long EndTime => Integer(Info["end_time"]!);

    /// <summary>The run's params.</summary>
    public IReadOnlyList<Param> Params => [.. Data.ArrayAt("params")!.OfType<RecordObject>().Select(param => new Param(param.TextAt("key")!, Logged(param["value"]!)))];

    /// <summary>The last point of each metric.</summary>
    public IReadOnlyList<Metric> LastPoints => [.. Data.ArrayAt("metrics")!.OfType<RecordObject>().Select(Point)];

    /// <summary>The run's tags.</summary>
    public IReadOnlyList<Tag> RunTags => Tags(Data.ObjectAt("tags")!);

    /// <summary>The model's folder below the run's artifacts.</summary>
    public string ModelFolder => MlModel.TextAt("artifact_path")!;

    /// <summary>The content of the MLmodel file.</summary>
    public RecordObject MlModel => new(document.ObjectAt("mlflow_model")!.Where(member => !AddedToMlModel.Contains(member.Key)));

    /// <summary>The model's other files, with the sizes in bytes that they had.</summary>
    public IReadOnlyList<ArtifactFile> ModelFiles =>
        [.. Files(document.ObjectAt("mlflow_model")!.ObjectAt("artifacts")!).Where(file => file.Path != MlModelFile.Name)];

    /// <summary>The registered model's name.</summary>
    public string ModelName => _version.TextAt("name")!;

    /// <summary>The stage that the version was moved to.</summary>
    public string Stage => _version.TextAt("current_stage")!;

    /// <summary>Who made it all.</summary>
    public string UserName => _version.TextAt("user_id")!;

    /// <summary>Who could do what with the registered model.</summary>
    public ObjectPermissions ModelPermissions => Permissions(document.ObjectAt("registered_model")!);

    /// <summary>Who could do what with the experiment.</summary>
    public ObjectPermissions ExperimentPermissions => Permissions(_experiment);

    private RecordObject Info => _run.ObjectAt("info")!;

    private RecordObject Data => _run.ObjectAt("data")!;

    /// <summary>Reads the record that is part of this program.</summary>
    public static DemoRecord Load()
    {
        using var resource = typeof(DemoRecord).Assembly.GetManifestResourceStream(Resource)!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return new DemoRecord(DataDocument.Parse(bytes.ToArray()).Root);
    }

    private static ObjectPermissions Permissions(RecordObject owner) => JsonSerializer.Deserialize(
        JsonWriter.Write(owner.ObjectAt("permissions")!["permissions"]!), WireJson.TypeInfo<ObjectPermissions>())!;

    private static IReadOnlyList<Tag> Tags(RecordObject tags) =>
        [.. tags.Select(tag => new Tag(tag.Key, tag.Key == "sparkDatasourceInfo" ? SparkSources((RecordList)tag.Value) : Logged(tag.Value)))];

    private static string Logged(RecordValue value) => value is RecordText text ? text.Value : JsonLine.Of(value);

    // Spark's own form: a line a source, NAME=VALUE pairs with commas between.
    private static string SparkSources(RecordList sources) =>
        string.Join('\n', sources.OfType<RecordObject>().Select(source => string.Join(',', source.Select(member => $"{member.Key}={Logged(member.Value)}"))));

    private static Metric Point(RecordObject point) => new()
    {
        Key = point.TextAt("key")!,
        Value = double.Parse(Logged(point["value"]!), CultureInfo.InvariantCulture),
        Timestamp = Integer(point["timestamp"]!),
        Step = Integer(point["step"]!),
    };

    private static long Integer(RecordValue value) => long.Parse(Logged(value), CultureInfo.InvariantCulture);

    private static IEnumerable<ArtifactFile> Files(RecordObject folder) => folder.ArrayAt("files")!.OfType<RecordObject>().SelectMany(entry =>
        entry.Has("files") ? Files(entry) : [new ArtifactFile { Path = entry.TextAt("path")!, FileSize = Integer(entry["file_size"]!) }]);
}
