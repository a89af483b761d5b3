namespace Dossier.Protocol;

/// <summary>PUT (all direct grants) and PATCH (some of them) <c>/api/2.0/permissions/{type}/{id}</c>.</summary>
/// <param name="AccessControlList">The grants; PUT takes away those that are not listed.</param>
public sealed record ChangePermissions(IReadOnlyList<AccessControlRequest>? AccessControlList);

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
