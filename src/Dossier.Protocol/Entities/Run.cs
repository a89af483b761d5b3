namespace Dossier.Protocol;

/// <summary>A run: one execution of training or evaluation code, with what it used, measured and made.</summary>
public sealed record Run
{
    /// <summary>Identity, state and times.</summary>
    public RunInfo Info { get; init => field = value ?? new(); } = new();

    /// <summary>Params, latest metric values and tags.</summary>
    public RunData Data { get; init => field = value ?? new(); } = new();

    /// <summary>The datasets and models that went in.</summary>
    public RunInputs Inputs { get; init => field = value ?? new(); } = new();

    /// <summary>The logged models that came out (3.x clients).</summary>
    public RunOutputs Outputs { get; init => field = value ?? new(); } = new();
}

/// <summary>Identity, state and times of a run; its members stand in the order in which a report prints them.</summary>
public sealed record RunInfo
{
    /// <summary>The public id: 32 hex digits when made here, any <c>[a-zA-Z0-9][\w-]{0,255}</c> when imported.</summary>
    public string RunId { get; init => field = value ?? ""; } = "";

    /// <summary>Repeats <see cref="RunId"/> for old clients.</summary>
    public string RunUuid => RunId;

    /// <summary>The experiment's public id.</summary>
    public string ExperimentId { get; init => field = value ?? ""; } = "";

    /// <summary>The name, kept equal to the tag <c>mlflow.runName</c>.</summary>
    public string? RunName { get; init; }

    /// <summary>One of <see cref="RunStatus"/>.</summary>
    public string Status { get; init => field = value ?? RunStatus.Running; } = RunStatus.Running;

    /// <summary>Start, in milliseconds since the epoch.</summary>
    public long? StartTime { get; init; }

    /// <summary>End, in milliseconds since the epoch; absent while it runs.</summary>
    public long? EndTime { get; init; }

    /// <summary>Where its artifacts lie, e.g. <c>mlflow-artifacts:/1/RUN/artifacts</c>.</summary>
    public string? ArtifactUri { get; init; }

    /// <summary>One of <see cref="Protocol.LifecycleStage"/>.</summary>
    public string LifecycleStage { get; init => field = value ?? Protocol.LifecycleStage.Active; } = Protocol.LifecycleStage.Active;

    /// <summary>Who started it, as the client says; absent when it says nothing.</summary>
    public string? UserId { get; init; }
}

/// <summary>Params, latest metric values and tags of a run, each ordered by key.</summary>
public sealed record RunData
{
    /// <summary>The latest point of each metric.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }

    /// <summary>The params.</summary>
    public IReadOnlyList<Param>? Params { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}

/// <summary>What went into a run.</summary>
public sealed record RunInputs
{
    /// <summary>The datasets, each with its context.</summary>
    public IReadOnlyList<DatasetInput>? DatasetInputs { get; init; }

    /// <summary>The logged models (3.x clients).</summary>
    public IReadOnlyList<ModelInput>? ModelInputs { get; init; }
}

/// <summary>What came out of a run.</summary>
public sealed record RunOutputs
{
    /// <summary>The logged models (3.x clients).</summary>
    public IReadOnlyList<ModelOutput>? ModelOutputs { get; init; }
}

/// <summary>A logged model that a run used.</summary>
/// <param name="ModelId">The logged model's id.</param>
public sealed record ModelInput(string ModelId)
{
    /// <inheritdoc cref="ModelInput" path="/param[@name='ModelId']"/>
    public string ModelId { get; init => field = value ?? ""; } = ModelId ?? "";
}

/// <summary>A logged model that a run made.</summary>
/// <param name="ModelId">The logged model's id.</param>
/// <param name="Step">The training step at which it was made.</param>
public sealed record ModelOutput(string ModelId, long Step = 0)
{
    /// <inheritdoc cref="ModelOutput" path="/param[@name='ModelId']"/>
    public string ModelId { get; init => field = value ?? ""; } = ModelId ?? "";
}
