namespace Dossier.Protocol;

/// <summary>Why somebody may do what on an object, or why not: answer of <c>/api/2.0/permissions/{type}/{id}/explain</c>. Only Dossier has it.</summary>
public sealed record PermissionExplanation
{
    /// <summary>The user who is explained; or <see cref="ServicePrincipalName"/> is set.</summary>
    public string? UserName { get; init; }

    /// <summary>The service principal's application id.</summary>
    public string? ServicePrincipalName { get; init; }

    /// <summary>The highest level of all that counts, e.g. <c>CAN_EDIT</c>; <c>NO_PERMISSIONS</c> when nothing does.</summary>
    public string PermissionLevel { get; init => field = value ?? ""; } = "";

    /// <summary>The level that was asked for; absent when none was.</summary>
    public string? AskedLevel { get; init; }

    /// <summary>Whether the principal has that level; absent when none was asked for.</summary>
    public bool? Allowed { get; init; }

    /// <summary>Whether the principal may sign in. One that may not can do nothing, whatever it was granted.</summary>
    public bool Active { get; init; }

    /// <summary>Whether it is in the group <c>admins</c>, which manages everything.</summary>
    public bool Administrator { get; init; }

    /// <summary>Every grant that counts, highest first.</summary>
    public IReadOnlyList<GrantPath>? Grants { get; init; }
}

/// <summary>One grant that counts for a principal on an object, and the way it comes.</summary>
public sealed record GrantPath
{
    /// <summary>How much it allows on the object, e.g. <c>CAN_EDIT</c>.</summary>
    public required string PermissionLevel { get; init; }

    /// <summary>The object that it was made on, as in <c>inherited_from_object</c>, e.g. <c>/directories/7</c>.</summary>
    public required string ObjectId { get; init; }

    /// <summary>The same for people: a directory's path, a model's or an experiment's name.</summary>
    public required string ObjectName { get; init; }

    /// <summary>Whether it comes from above.</summary>
    public required bool Inherited { get; init; }

    /// <summary>The groups between the grant and the one who is explained: first the one that holds the grant, last the one it is a direct member of; absent when it holds the grant itself.</summary>
    public IReadOnlyList<string>? ThroughGroups { get; init; }

    /// <summary>Who made the grant.</summary>
    public required string GrantedBy { get; init; }

    /// <summary>When, in milliseconds since the epoch.</summary>
    public required long GrantedAt { get; init; }
}
