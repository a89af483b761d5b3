namespace Dossier.Protocol;

/// <summary>An experiment: a named group of runs.</summary>
public sealed record Experiment
{
    /// <summary>The public id: a number as text when made here, any <c>[a-zA-Z0-9][\w-]{0,63}</c> when imported. <c>0</c> is the experiment <c>Default</c>.</summary>
    public string ExperimentId { get; init => field = value ?? ""; } = "";

    /// <summary>The name, unique also against deleted experiments, up to 500 characters.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The URI below which the experiment's artifacts lie, e.g. <c>mlflow-artifacts:/1</c>.</summary>
    public string? ArtifactLocation { get; init; }

    /// <summary><c>active</c> or <c>deleted</c>; see <see cref="Protocol.LifecycleStage"/>.</summary>
    public string LifecycleStage { get; init => field = value ?? Protocol.LifecycleStage.Active; } = Protocol.LifecycleStage.Active;

    /// <summary>Last rename, deletion or restore, in milliseconds since the epoch.</summary>
    public long? LastUpdateTime { get; init; }

    /// <summary>Creation, in milliseconds since the epoch.</summary>
    public long? CreationTime { get; init; }

    /// <summary>The tags, in the order in which they were first set.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}
