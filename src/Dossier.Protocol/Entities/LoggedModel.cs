namespace Dossier.Protocol;

/// <summary>A logged model (3.x clients): the model files that a run made, before or without registration.</summary>
public sealed record LoggedModel
{
    /// <summary>Identity, state and tags.</summary>
    public LoggedModelInfo Info { get; init => field = value ?? new(); } = new();

    /// <summary>Params and metrics.</summary>
    public LoggedModelData Data { get; init => field = value ?? new(); } = new();
}

/// <summary>Identity, state and tags of a logged model.</summary>
public sealed record LoggedModelInfo
{
    /// <summary>The id: <c>m-</c> and 32 hex digits.</summary>
    public string ModelId { get; init => field = value ?? ""; } = "";

    /// <summary>The experiment's public id.</summary>
    public string ExperimentId { get; init => field = value ?? ""; } = "";

    /// <summary>The name; need not be unique.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Creation, in milliseconds since the epoch.</summary>
    public long CreationTimestampMs { get; init; }

    /// <summary>Last change, in milliseconds since the epoch.</summary>
    public long LastUpdatedTimestampMs { get; init; }

    /// <summary>Where its files lie, e.g. <c>mlflow-artifacts:/1/models/m-…/artifacts</c>.</summary>
    public string? ArtifactUri { get; init; }

    /// <summary>One of <see cref="LoggedModelStatus"/>.</summary>
    public string Status { get; init => field = value ?? LoggedModelStatus.Pending; } = LoggedModelStatus.Pending;

    /// <summary>The kind of model, as the client says; empty when it said nothing.</summary>
    public string? ModelType { get; init; }

    /// <summary>The run that made it.</summary>
    public string? SourceRunId { get; init; }

    /// <summary>Why <see cref="Status"/> is what it is.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>The tags, ordered by key.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>Params and metrics of a logged model.</summary>
public sealed record LoggedModelData
{
    /// <summary>The params, ordered by key.</summary>
    public IReadOnlyList<Param>? Params { get; init; }

    /// <summary>The latest point of each metric and dataset.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }
}
