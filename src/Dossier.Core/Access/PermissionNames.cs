using System.Collections.Frozen;

namespace Dossier.Core.Access;

/// <summary>Permission levels by their names in the protocol.</summary>
public static class PermissionNames
{
    private static readonly FrozenDictionary<PermissionLevel, string> Names = new Dictionary<PermissionLevel, string>
    {
        [PermissionLevel.NoPermissions] = "NO_PERMISSIONS",
        [PermissionLevel.CanUse] = "CAN_USE",
        [PermissionLevel.CanCreateRegisteredModel] = "CAN_CREATE_REGISTERED_MODEL",
        [PermissionLevel.CanRead] = "CAN_READ",
        [PermissionLevel.CanRun] = "CAN_RUN",
        [PermissionLevel.CanEdit] = "CAN_EDIT",
        [PermissionLevel.CanManageStagingVersions] = "CAN_MANAGE_STAGING_VERSIONS",
        [PermissionLevel.CanManageProductionVersions] = "CAN_MANAGE_PRODUCTION_VERSIONS",
        [PermissionLevel.CanManage] = "CAN_MANAGE",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, PermissionLevel> Levels = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The level's name, e.g. <c>CAN_READ</c>.</summary>
    public static string Name(this PermissionLevel level) => Names[level];

    /// <summary>The level of this name; null if there is none.</summary>
    public static PermissionLevel? Find(string name) => Levels.TryGetValue(name, out var level) ? level : null;
}
