namespace Dossier.Protocol;

/// <summary>PUT (all direct grants) and PATCH (some of them) <c>/api/2.0/permissions/{type}/{id}</c>.</summary>
/// <param name="AccessControlList">The grants; PUT takes away those that are not listed.</param>
public sealed record ChangePermissions(IReadOnlyList<AccessControlRequest>? AccessControlList)
{
    /// <summary>The object's type, which the path names.</summary>
    public string? Type { get; init; }

    /// <summary>The object's id, which the path names.</summary>
    public string? Id { get; init; }
}

/// <summary>GET <c>/api/2.0/permissions/{type}/{id}</c>, and <c>…/permissionLevels</c>.</summary>
/// <param name="Type">The object's type, e.g. <c>experiments</c>.</param>
/// <param name="Id">The object's id.</param>
public sealed record GetPermissions(string? Type, string? Id);

/// <summary>GET <c>/api/2.0/permissions/{type}/{id}/explain</c>; without a name, the caller is explained.</summary>
/// <param name="Type">The object's type, e.g. <c>experiments</c>.</param>
/// <param name="Id">The object's id.</param>
/// <param name="UserName">A user.</param>
/// <param name="ServicePrincipalName">Or a service principal, by its application id.</param>
/// <param name="PermissionLevel">A level of the object, to be told whether the principal has it; absent: to be told which it has.</param>
public sealed record ExplainPermissions(string? Type, string? Id, string? UserName, string? ServicePrincipalName, string? PermissionLevel);

/// <summary>A grant to be made. Exactly one of the three names is set.</summary>
public sealed record AccessControlRequest
{
    /// <summary>A user's name.</summary>
    public string? UserName { get; init; }

    /// <summary>A group's name.</summary>
    public string? GroupName { get; init; }

    /// <summary>A service principal's application id.</summary>
    public string? ServicePrincipalName { get; init; }

    /// <summary>E.g. <c>CAN_EDIT</c>. <c>NO_PERMISSIONS</c> takes the direct grant away, which Databricks can't say by PATCH.</summary>
    public string? PermissionLevel { get; init; }
}

/// <summary>Answer of <c>/api/2.0/permissions/{type}/{id}/permissionLevels</c>: the levels that can be granted on the object, lowest first.</summary>
public sealed record PermissionLevelsAnswer(IReadOnlyList<PermissionLevelInfo> PermissionLevels);

/// <summary>A level and what it allows.</summary>
/// <param name="PermissionLevel">E.g. <c>CAN_READ</c>.</param>
/// <param name="Description">For people.</param>
public sealed record PermissionLevelInfo(string PermissionLevel, string Description);
