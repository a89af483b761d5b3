namespace Dossier.Protocol;

/// <summary>A registered model: a name with numbered versions.</summary>
public sealed record RegisteredModel
{
    /// <summary>The unique name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Creation, in milliseconds since the epoch.</summary>
    public long? CreationTimestamp { get; init; }

    /// <summary>Last change of it or of a version, in milliseconds since the epoch.</summary>
    public long? LastUpdatedTimestamp { get; init; }

    /// <summary>Who registered it.</summary>
    public string? UserId { get; init; }

    /// <summary>Free text; empty when it was set to nothing.</summary>
    public string? Description { get; init; }

    /// <summary>32 hex digits, which a rename does not change: what the permissions API names it by. Only <c>databricks/registered-models/get</c> tells it.</summary>
    public string? Id { get; init; }

    /// <summary>What the caller may do with it, e.g. <c>CAN_EDIT</c>. Only <c>databricks/registered-models/get</c> tells it.</summary>
    public string? PermissionLevel { get; init; }

    /// <summary>The newest version of each stage that has one.</summary>
    public IReadOnlyList<ModelVersion>? LatestVersions { get; init; }

    /// <summary>The tags, ordered by key.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>The aliases, ordered by name.</summary>
    public IReadOnlyList<ModelAlias>? Aliases { get; init; }
}

/// <summary>A name that points to one version of a registered model.</summary>
/// <param name="Alias">Up to 255 characters; not <c>latest</c>, not <c>v</c> and digits.</param>
/// <param name="Version">The version number, as text.</param>
public sealed record ModelAlias(string Alias, string Version)
{
    /// <inheritdoc cref="ModelAlias" path="/param[@name='Alias']"/>
    public string Alias { get; init => field = value ?? ""; } = Alias ?? "";

    /// <inheritdoc cref="ModelAlias" path="/param[@name='Version']"/>
    public string Version { get; init => field = value ?? ""; } = Version ?? "";
}
