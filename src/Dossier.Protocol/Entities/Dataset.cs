namespace Dossier.Protocol;

/// <summary>A dataset that a run used, with the tags of that use.</summary>
public sealed record DatasetInput
{
    /// <summary>Tags of the use; <c>mlflow.data.context</c> says what for (<c>train</c>, <c>test</c>, …).</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>The dataset.</summary>
    public Dataset Dataset { get; init => field = value ?? new(); } = new();
}

/// <summary>A dataset, identified by name and digest within an experiment.</summary>
public sealed record Dataset
{
    /// <summary>The name, up to 500 characters.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>A fingerprint of the content, up to 36 characters.</summary>
    public string Digest { get; init => field = value ?? ""; } = "";

    /// <summary>The kind of source, e.g. <c>local</c>, <c>s3</c>, <c>code</c>.</summary>
    public string? SourceType { get; init; }

    /// <summary>The source, as JSON text of the source type, up to 65,535 characters.</summary>
    public string? Source { get; init; }

    /// <summary>The schema, as JSON text, up to 1,048,575 characters.</summary>
    public string? Schema { get; init; }

    /// <summary>Counts and other summaries, as JSON text, up to 16,777,215 characters.</summary>
    public string? Profile { get; init; }
}

/// <summary>A dataset as the search over experiments lists it: without source, schema and profile.</summary>
public sealed record DatasetSummary
{
    /// <summary>The experiment's public id.</summary>
    public string ExperimentId { get; init => field = value ?? ""; } = "";

    /// <summary>The dataset's name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The dataset's digest.</summary>
    public string Digest { get; init => field = value ?? ""; } = "";

    /// <summary>The context of its use, if the use has one.</summary>
    public string? Context { get; init; }
}
