namespace Dossier.Protocol;

/// <summary>A version of a registered model.</summary>
public sealed record ModelVersion
{
    /// <summary>The registered model's name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The number, as text: from 1 up, never used twice.</summary>
    public string Version { get; init => field = value ?? ""; } = "";

    /// <summary>Creation, in milliseconds since the epoch.</summary>
    public long? CreationTimestamp { get; init; }

    /// <summary>Last change, in milliseconds since the epoch.</summary>
    public long? LastUpdatedTimestamp { get; init; }

    /// <summary>Who made it.</summary>
    public string? UserId { get; init; }

    /// <summary>One of <see cref="ModelStage"/>.</summary>
    public string CurrentStage { get; init => field = value ?? ModelStage.None; } = ModelStage.None;

    /// <summary>Free text; absent when the client sent none.</summary>
    public string? Description { get; init; }

    /// <summary>Where the model's files were logged: <c>runs:/…</c>, <c>models:/…</c> or an artifact URI.</summary>
    public string? Source { get; init; }

    /// <summary>The run that made it.</summary>
    public string? RunId { get; init; }

    /// <summary>Always <c>READY</c> here; other servers know <c>PENDING_REGISTRATION</c> and <c>FAILED_REGISTRATION</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Why <see cref="Status"/> is what it is.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>The tags, ordered by key.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>A link to the run on another server; absent when the client sent none.</summary>
    public string? RunLink { get; init; }

    /// <summary>The aliases that point to it, ordered by name.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    /// <summary>The logged model that it was made from (3.x clients).</summary>
    public string? ModelId { get; init; }

    /// <summary>The caller's level on the registered model, e.g. <c>CAN_MANAGE</c>; only in answers of the routes below <c>databricks/</c>.</summary>
    public string? PermissionLevel { get; init; }

    /// <summary>The open transition requests; only in answers of the routes below <c>databricks/</c>.</summary>
    public IReadOnlyList<Activity>? OpenRequests { get; init; }
}
