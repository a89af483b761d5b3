using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>Which levels can be granted on the objects of each kind, and what each allows, in the words that clients show.</summary>
public static class PermissionLevels
{
    internal static readonly IReadOnlyList<PermissionLevelInfo> OfExperiments =
    [
        Level(PermissionLevel.CanRead, "Can view the experiment"),
        Level(PermissionLevel.CanEdit, "Can view, log runs, and edit the experiment"),
        Level(PermissionLevel.CanManage, "Can view, log runs, edit, delete, and change permissions of the experiment"),
    ];

    internal static readonly IReadOnlyList<PermissionLevelInfo> OfModels =
    [
        Level(PermissionLevel.CanRead, "Can view the details of the registered model and its model versions, and use the model versions."),
        Level(
            PermissionLevel.CanEdit,
            "Can view and edit the details of a registered model and its model versions (except stage changes), and add new model versions."),
        Level(
            PermissionLevel.CanManageStagingVersions,
            "Can view and edit the details of a registered model and its model versions, add new model versions, and manage stage transitions between non-Production stages."),
        Level(
            PermissionLevel.CanManageProductionVersions,
            "Can view and edit the details of a registered model and its model versions, add new model versions, and manage stage transitions between any stages."),
        Level(
            PermissionLevel.CanManage,
            "Can manage permissions on, view all details of, and perform all actions on the registered model and its model versions."),
    ];

    internal static readonly IReadOnlyList<PermissionLevelInfo> OfRegistry =
    [
        Level(PermissionLevel.CanCreateRegisteredModel, "Can register new models, and manage those."),
        Level(
            PermissionLevel.CanRead,
            "Can register new models, view the details of all registered models and their model versions, and use the model versions."),
        Level(
            PermissionLevel.CanEdit,
            "Can register new models, view and edit the details of all registered models and their model versions (except stage changes), and add new model versions."),
        Level(
            PermissionLevel.CanManageStagingVersions,
            "Can register new models, view and edit the details of all registered models and their model versions, add new model versions, and manage stage transitions between non-Production stages."),
        Level(
            PermissionLevel.CanManageProductionVersions,
            "Can register new models, view and edit the details of all registered models and their model versions, add new model versions, and manage stage transitions between any stages."),
        Level(
            PermissionLevel.CanManage,
            "Can register new models, manage permissions on, view all details of, and perform all actions on all registered models and their model versions."),
    ];

    internal static readonly IReadOnlyList<PermissionLevelInfo> OfFolders =
    [
        Level(PermissionLevel.CanRead, "Can view the experiments in the directory"),
        Level(PermissionLevel.CanRun, "Can view, log runs, and edit the experiments in the directory"),
        Level(PermissionLevel.CanEdit, "Can view, log runs, edit, create, and delete the experiments in the directory"),
        Level(
            PermissionLevel.CanManage,
            "Can view, log runs, edit, create, delete, and change permissions of the experiments in the directory, create directories in it, and change its permissions"),
    ];

    internal static readonly IReadOnlyList<PermissionLevelInfo> OfTokens =
    [
        Level(PermissionLevel.CanUse, "Can create and use personal access tokens"),
        Level(PermissionLevel.CanManage, "Can create and use personal access tokens, and change who else can"),
    ];

    internal static readonly IReadOnlyList<PermissionLevelInfo> OfPasswords =
    [
        Level(PermissionLevel.CanUse, "Can sign in with a password"),
        Level(PermissionLevel.CanManage, "Can sign in with a password, and change who else can"),
    ];

    /// <summary>The levels of an object with grants of its own, lowest first.</summary>
    public static IReadOnlyList<PermissionLevelInfo> Of(AccessObject target) =>
        target.Kind.Grants?.Levels ?? throw new ArgumentException($"There are no grants on {target.Text} itself.", nameof(target));

    /// <summary>The level of this name, which must be one of the object's.</summary>
    /// <exception cref="ProtocolException"><c>INVALID_PARAMETER_VALUE</c> says which there are.</exception>
    internal static PermissionLevel Parse(AccessObject target, string name, string parameter) =>
        Of(target).Any(level => level.PermissionLevel == name)
            ? PermissionNames.Find(name)!.Value
            : throw ProtocolException.InvalidValue(
                Validation.TextRules.Excerpt(name), parameter, $"the levels of {target.Text} are {string.Join(", ", Of(target).Select(level => level.PermissionLevel))}.");

    private static PermissionLevelInfo Level(PermissionLevel level, string description) => new(level.Name(), description);
}
