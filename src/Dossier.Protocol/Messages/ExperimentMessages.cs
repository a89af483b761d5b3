using System.Text.Json.Serialization;

namespace Dossier.Protocol;

/// <summary>POST <c>experiments/create</c>.</summary>
public sealed record CreateExperiment : IKeyedValues<CreateExperiment>
{
    /// <summary>The name, unique also against deleted experiments.</summary>
    public string? Name { get; init; }

    /// <summary>Where artifacts shall lie; absent: the server chooses.</summary>
    public string? ArtifactLocation { get; init; }

    /// <summary>The first tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>For an importer: the id to keep. Not on the wire.</summary>
    [JsonIgnore]
    public string? ExperimentId { get; init; }

    /// <summary>For an importer: the creation time to keep, in milliseconds. Not on the wire.</summary>
    [JsonIgnore]
    public long? CreationTime { get; init; }

    CreateExperiment IKeyedValues<CreateExperiment>.With(ReplaceValue replace) => this with { Tags = KeyedValues.Of(Tags, replace) };
}

/// <summary>Answer of <c>experiments/create</c>.</summary>
public sealed record ExperimentCreated(string ExperimentId);

/// <summary>Answer of <c>experiments/get</c> and <c>experiments/get-by-name</c>.</summary>
public sealed record ExperimentAnswer(Experiment Experiment);

/// <summary>GET <c>experiments/get</c>.</summary>
public sealed record GetExperiment(string? ExperimentId);

/// <summary>GET <c>experiments/get-by-name</c>.</summary>
public sealed record GetExperimentByName(string? ExperimentName);

/// <summary>POST <c>experiments/update</c>: a new name.</summary>
public sealed record UpdateExperiment(string? ExperimentId, string? NewName);

/// <summary>POST <c>experiments/delete</c> and <c>experiments/restore</c>.</summary>
public sealed record ExperimentRef(string? ExperimentId);

/// <summary>POST <c>experiments/set-experiment-tag</c>.</summary>
public sealed record SetExperimentTag(string? ExperimentId, string? Key, string? Value) : IKeyedValues<SetExperimentTag>
{
    SetExperimentTag IKeyedValues<SetExperimentTag>.With(ReplaceValue replace) => this with { Value = KeyedValues.Of(Key, Value, replace) };
}

/// <summary>POST <c>experiments/delete-experiment-tag</c>.</summary>
public sealed record DeleteExperimentTag(string? ExperimentId, string? Key);

/// <summary>POST or GET <c>experiments/search</c>.</summary>
public sealed record SearchExperiments
{
    /// <summary>At most this many, 1 to 50,000; default 1,000.</summary>
    public long? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? PageToken { get; init; }

    /// <summary>A filter on <c>name</c>, <c>creation_time</c>, <c>last_update_time</c> and <c>tags.…</c>.</summary>
    public string? Filter { get; init; }

    /// <summary>Columns, each with <c>ASC</c> or <c>DESC</c>; default newest first.</summary>
    public IReadOnlyList<string>? OrderBy { get; init; }

    /// <summary>Active (default), deleted or all.</summary>
    public ViewType? ViewType { get; init; }
}

/// <summary>Answer of <c>experiments/search</c>.</summary>
public sealed record ExperimentsPage(IReadOnlyList<Experiment>? Experiments, string? NextPageToken);

/// <summary>POST <c>experiments/search-datasets</c>: the datasets that runs of these experiments used.</summary>
public sealed record SearchDatasets(IReadOnlyList<string>? ExperimentIds);

/// <summary>Answer of <c>experiments/search-datasets</c>.</summary>
/// <param name="DatasetSummaries">One for each experiment, dataset and context.</param>
public sealed record DatasetsAnswer(IReadOnlyList<DatasetSummary>? DatasetSummaries);
