using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>
/// A typed view of a data document: the one place that knows where things are in it. Whatever is missing or of another type is null or
/// empty, never an error; nothing is computed anew and the document is not changed.
/// </summary>
/// <param name="data">The document.</param>
/// <param name="shown">What is shown in place of the manifest's own words; null for nothing.</param>
public sealed class RecordView(DataDocument data, ShownManifest? shown = null)
{
    /// <summary>The document's root.</summary>
    public RecordObject Root => data.Root;

    /// <summary>Whether nothing could be read: then the root holds only the manifest and an error.</summary>
    public bool HasFailed => Root.Has("error");

    /// <summary>Why nothing could be read; null when something was.</summary>
    public string? Failure => Root["error"] is { } error ? (error as RecordObject)?.TextAt("message") ?? PythonText.Of(error) : null;

    /// <summary>The report's subject, source and time.</summary>
    public ManifestView Manifest { get; } = new(data.Root.ObjectAt("manifest") ?? [], shown ?? new());

    /// <summary>The MLmodel file, with the model's size and files; empty when there is none.</summary>
    public MlModelView Model { get; } = new(data.Root.ObjectAt("mlflow_model") ?? []);

    /// <summary>The inner model of a feature-store model; null for other models.</summary>
    public FeatureStoreView? FeatureStore { get; } = data.Root.ObjectAt("mlflow_model_raw") is { } raw ? new(raw) : null;

    /// <summary>The registered model; null when the model is not in a registry.</summary>
    public RegistryView? RegisteredModel { get; } = data.Root.ObjectAt("registered_model") is { } model ? new(model) : null;

    /// <summary>The model version; null when the model is not in a registry.</summary>
    public VersionView? Version { get; } = data.Root.ObjectAt("model_version") is { } version ? new(version) : null;

    /// <summary>The training run; null when the document says nothing about it.</summary>
    public RunView? Run { get; } = data.Root.ObjectAt("run") is { } run ? new(run) : null;

    /// <summary>The run's experiment; null when it is not known.</summary>
    public ExperimentView? Experiment { get; } = data.Root.ObjectAt("experiment") is { } experiment ? new(experiment) : null;
}

/// <summary>What a report shows in place of the manifest's own words, e.g. when it is printed again from a file.</summary>
public sealed record ShownManifest
{
    /// <summary>The source: the file that the data document was read from; null for the manifest's.</summary>
    public string? Source { get; init; }

    /// <summary>The URI in the title; null for the manifest's <c>model_uri</c>.</summary>
    public string? TitleUri { get; init; }

    /// <summary>The time of the report, <c>yyyy-MM-dd HH:mm:ss</c> in UTC; null for the manifest's <c>timestamp</c>.</summary>
    public string? ReportTime { get; init; }
}

/// <summary>What the report is about, where its data came from and when.</summary>
/// <param name="Members">All members as recorded.</param>
/// <param name="Shown">What is shown in their place.</param>
public sealed record ManifestView(RecordObject Members, ShownManifest Shown)
{
    /// <summary>The model URI as recorded.</summary>
    public RecordValue ModelUri => Members["model_uri"] ?? RecordNull.Value;

    /// <summary>The model URI for the title.</summary>
    public string TitleUri => Shown.TitleUri ?? PythonText.Of(ModelUri);

    /// <summary>All URIs of the model.</summary>
    public RecordValue? ModelUris => Members["model_uris"];

    /// <summary>When the report was made, as text.</summary>
    public RecordValue ReportTime => Shown.ReportTime is { } time ? new RecordText(time) : Members["timestamp"] ?? RecordNull.Value;

    /// <summary>The members that describe the report itself: all but the URIs.</summary>
    public RecordObject Description
    {
        get
        {
            var members = new RecordObject(Members.Where(member => member.Key != "model_uris"));
            if (Shown.Source is { } source)
            {
                members["source"] = new RecordText(source);
            }

            return members;
        }
    }
}

/// <summary>An MLmodel file.</summary>
/// <param name="Members">All members as recorded.</param>
public sealed record MlModelView(RecordObject Members)
{
    /// <summary>Whether the file could not be read; the members then say why.</summary>
    public bool IsUnreadable => Members.Has("error") || Members.Has("warning");

    /// <summary>The flavors: an object, unless the file is malformed.</summary>
    public RecordValue? Flavors => Members["flavors"];

    /// <summary>The signature: an object with <c>inputs</c>, <c>outputs</c> and <c>params</c>, unless the file is malformed.</summary>
    public RecordValue? Signature => Members["signature"];

    /// <summary>About the saved input example.</summary>
    public RecordValue? InputExample => Members["saved_input_example_info"];

    /// <summary>The version of MLflow that logged the model.</summary>
    public RecordValue? MlflowVersion => Members["mlflow_version"];

    /// <summary>The Databricks runtime that logged the model.</summary>
    public RecordValue? DatabricksRuntime => Members["databricks_runtime"];

    /// <summary>The size of all files in bytes, −1 when it is not known.</summary>
    public RecordValue? SizeBytes => Members["model_size_bytes"];

    /// <summary>When the model was logged, in UTC, as text.</summary>
    public RecordValue? TimeCreated => Members["utc_time_created"];

    /// <summary>The files as a tree.</summary>
    public RecordObject? Artifacts => Members.ObjectAt("artifacts");
}

/// <summary>What a feature-store model wraps.</summary>
/// <param name="Members">All members as recorded.</param>
public sealed record FeatureStoreView(RecordObject Members)
{
    /// <summary>Whether the wrapped model was found.</summary>
    public bool IsKnown => Members.Has("mlflow_model") || Members.Has("feature_spec");

    /// <summary>The wrapped model.</summary>
    public MlModelView Model => new(Members.ObjectAt("mlflow_model") ?? []);

    /// <summary>The feature spec.</summary>
    public RecordValue? Spec => Members["feature_spec"];
}

/// <summary>A registered model.</summary>
/// <param name="Members">All members as recorded.</param>
public sealed record RegistryView(RecordObject Members)
{
    /// <summary>The name.</summary>
    public string? Name => Members.TextAt("name");

    /// <summary>Whether it is in Unity Catalog.</summary>
    public RecordValue? IsUnityCatalog => Members["_is_unity_catalog"];

    /// <summary>The tags: an object, unless the document is malformed.</summary>
    public RecordValue? Tags => KeyValueList.ToObject(Members["tags"]) ?? Members["tags"];

    /// <summary>Who may do what.</summary>
    public RecordValue? Permissions => Members["permissions"];
}

/// <summary>A model version.</summary>
/// <param name="Members">All members as recorded.</param>
public sealed record VersionView(RecordObject Members)
{
    /// <summary>The number.</summary>
    public string? Number => Members.TextAt("version");

    /// <summary>The stage.</summary>
    public string? Stage => Members.TextAt("current_stage");

    /// <summary>Where its files were logged.</summary>
    public string? Source => Members.TextAt("source");

    /// <summary>The tags: an object, unless the document is malformed.</summary>
    public RecordValue? Tags => KeyValueList.ToObject(Members["tags"]) ?? Members["tags"];

    /// <summary>Requests to change its stage, as documents of other programs name them.</summary>
    public RecordValue? TransitionRequests => Members["transition_requests"];
}

/// <summary>A run.</summary>
/// <param name="Members">All members as recorded.</param>
public sealed record RunView(RecordObject Members)
{
    private RecordObject Data => Members.ObjectAt("data") ?? [];

    private RecordObject? InfoMembers => Members.ObjectAt("info");

    /// <summary>Why the run could not be read; null when it was.</summary>
    public RecordValue? Error => Members["error"];

    /// <summary>Whether it is not known which run made the model; the members then say so.</summary>
    public bool IsUnknown => Members.Has("warning");

    /// <summary>Identity, state and times, as recorded.</summary>
    public RecordValue? Info => Members["info"];

    /// <summary>The id.</summary>
    public string? Id => InfoMembers?.TextAt("run_id");

    /// <summary>The start, in milliseconds since 1970; null when it is not known.</summary>
    public long? StartTime => PositiveInteger.Of(InfoMembers?["start_time"]);

    /// <summary>The end, in milliseconds since 1970; null when it is not known.</summary>
    public long? EndTime => PositiveInteger.Of(InfoMembers?["end_time"]);

    /// <summary>The params: an object from key to value, unless the document is malformed.</summary>
    public RecordValue? Params => KeyValueList.ToObject(Data["params"]) ?? Data["params"];

    /// <summary>The latest value of each metric: an object from key to value, unless the document is malformed.</summary>
    public RecordValue? Metrics => KeyValueList.ToObject(Data["metrics"]) ?? Data["metrics"];

    /// <summary>The tags.</summary>
    public RecordObject Tags => KeyValueList.ToObject(Data["tags"]) ?? [];

    /// <summary>The datasets that the run used, each with <c>dataset</c> and <c>tags</c>.</summary>
    public IReadOnlyList<RecordObject> DatasetInputs => Members.ObjectAt("inputs")?.ArrayAt("dataset_inputs")?.OfType<RecordObject>().ToList() ?? [];
}

/// <summary>An experiment.</summary>
/// <param name="Members">All members as recorded.</param>
public sealed record ExperimentView(RecordObject Members)
{
    /// <summary>The members that describe it; some documents hold them one level deeper.</summary>
    public RecordObject Description => Members.ObjectAt("experiment") ?? Members;

    /// <summary>The id.</summary>
    public string? Id => Description.TextAt("experiment_id");

    /// <summary>The name.</summary>
    public string? Name => Description.TextAt("name");

    /// <summary>The tags: an object, unless there are none or the document is malformed.</summary>
    public RecordValue? Tags => KeyValueList.ToObject(Description["tags"]) is { IsEmpty: false } tags ? tags : Description["tags"];

    /// <summary>Who may do what.</summary>
    public RecordValue? Permissions => Members["permissions"];
}
