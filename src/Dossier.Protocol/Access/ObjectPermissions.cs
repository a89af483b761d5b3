namespace Dossier.Protocol;

/// <summary>Who may do what with an object: answer of <c>/api/2.0/permissions/{type}/{id}</c>.</summary>
public sealed record ObjectPermissions
{
    /// <summary>E.g. <c>/experiments/12</c>, <c>/registered-models/4e3ac9ee6e464efd88270d84dfd54c12</c>, <c>/directories/7</c>.</summary>
    public required string ObjectId { get; init; }

    /// <summary>E.g. <c>mlflowExperiment</c>, <c>registered-model</c>, <c>directory</c>.</summary>
    public required string ObjectType { get; init; }

    /// <summary>One entry for each principal with a grant, direct or inherited.</summary>
    public IReadOnlyList<AccessControl> AccessControlList { get; init => field = value ?? []; } = [];
}

/// <summary>All that one principal is granted on an object. One of the three names is set.</summary>
public sealed record AccessControl
{
    /// <summary>A user's name.</summary>
    public string? UserName { get; init; }

    /// <summary>A group's name.</summary>
    public string? GroupName { get; init; }

    /// <summary>A service principal's application id.</summary>
    public string? ServicePrincipalName { get; init; }

    /// <summary>How a user or service principal is shown; absent for groups.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The levels, direct before inherited, highest first.</summary>
    public IReadOnlyList<GrantedLevel> AllPermissions { get; init => field = value ?? []; } = [];
}

/// <summary>One level that a principal has.</summary>
public sealed record GrantedLevel
{
    /// <summary>E.g. <c>CAN_EDIT</c>.</summary>
    public required string PermissionLevel { get; init; }

    /// <summary>Whether it comes from above.</summary>
    public required bool Inherited { get; init; }

    /// <summary>Where it comes from, e.g. <c>/directories/7</c>; absent when direct.</summary>
    public IReadOnlyList<string>? InheritedFromObject { get; init; }
}
