namespace Dossier.Core.Access;

/// <summary>Which levels can be granted on which objects.</summary>
public static class GrantableLevels
{
    private static readonly IReadOnlyList<PermissionLevel> OfExperiments = [PermissionLevel.CanRead, PermissionLevel.CanEdit, PermissionLevel.CanManage];

    private static readonly IReadOnlyList<PermissionLevel> OfFolders =
        [PermissionLevel.CanRead, PermissionLevel.CanRun, PermissionLevel.CanEdit, PermissionLevel.CanManage];

    private static readonly IReadOnlyList<PermissionLevel> OfModels =
    [
        PermissionLevel.CanRead, PermissionLevel.CanEdit, PermissionLevel.CanManageStagingVersions, PermissionLevel.CanManageProductionVersions,
        PermissionLevel.CanManage,
    ];

    private static readonly IReadOnlyList<PermissionLevel> OfRegistry = [PermissionLevel.CanCreateRegisteredModel, .. OfModels];

    private static readonly IReadOnlyList<PermissionLevel> OfAuthorizations = [PermissionLevel.CanUse, PermissionLevel.CanManage];

    /// <summary>The levels that can be granted on the object itself, lowest first.</summary>
    /// <exception cref="ArgumentException">The object has no grants of its own.</exception>
    public static IReadOnlyList<PermissionLevel> On(AccessObject target) => target switch
    {
        AccessObject.Experiment or AccessObject.ExperimentNamed => OfExperiments,
        AccessObject.Folder or AccessObject.FolderOf => OfFolders,
        AccessObject.Model or AccessObject.ModelWithId => OfModels,
        AccessObject.Registry => OfRegistry,
        AccessObject.Tokens or AccessObject.Passwords => OfAuthorizations,
        _ => throw new ArgumentException($"{target.Text} has no grants of its own.", nameof(target)),
    };
}
