using Dossier.Core.Access;

namespace Dossier.Server.Tests.RouteWalk;

/// <summary>Somebody with a level on one of the walk's objects, and what they may by that.</summary>
/// <param name="Name">How faults call them.</param>
/// <param name="May">All that they may.</param>
public sealed record Persona(string Name, May May)
{
    private const May ReaderOfExperiment = May.BeKnown | May.ReadExperiment;
    private const May EditorOfExperiment = ReaderOfExperiment | May.EditExperiment;
    private const May ReaderOfModel = May.BeKnown | May.ReadModel;
    private const May EditorOfModel = ReaderOfModel | May.EditModel;
    private const May ManagerOfStaging = EditorOfModel | May.ManageStaging;
    private const May ManagerOfProduction = ManagerOfStaging | May.ManageProduction;

    /// <summary>Their level on the experiment itself.</summary>
    public PermissionLevel OnExperiment { get; private init; }

    /// <summary>Their level on the folder that the experiment lies in.</summary>
    public PermissionLevel OnFolder { get; private init; }

    /// <summary>Their level on the registered model.</summary>
    public PermissionLevel OnModel { get; private init; }

    /// <summary>Whether they had CAN_MANAGE on all three, and lost it.</summary>
    public bool IsFallen { get; private init; }

    /// <summary>Everybody who is signed in, other than the administrator.</summary>
    public static IReadOnlyList<Persona> All { get; } =
    [
        new("a stranger", May.BeKnown),
        new("one with NO_PERMISSIONS, once CAN_MANAGE", May.BeKnown) { IsFallen = true },
        new("CAN_READ on the experiment", ReaderOfExperiment) { OnExperiment = PermissionLevel.CanRead },
        new("CAN_EDIT on the experiment", EditorOfExperiment) { OnExperiment = PermissionLevel.CanEdit },
        new("CAN_MANAGE on the experiment", EditorOfExperiment | May.ManageExperiment) { OnExperiment = PermissionLevel.CanManage },
        new("CAN_READ on the folder", ReaderOfExperiment | May.ReadFolder) { OnFolder = PermissionLevel.CanRead },
        new("CAN_RUN on the folder", EditorOfExperiment | May.ReadFolder) { OnFolder = PermissionLevel.CanRun },
        new("CAN_EDIT on the folder", EditorOfExperiment | May.ReadFolder | May.EditFolder) { OnFolder = PermissionLevel.CanEdit },
        new("CAN_MANAGE on the folder", EditorOfExperiment | May.ManageExperiment | May.ReadFolder | May.EditFolder | May.ManageFolder)
        {
            OnFolder = PermissionLevel.CanManage,
        },
        new("CAN_READ on the model", ReaderOfModel) { OnModel = PermissionLevel.CanRead },
        new("CAN_EDIT on the model", EditorOfModel) { OnModel = PermissionLevel.CanEdit },
        new("CAN_MANAGE_STAGING_VERSIONS on the model", ManagerOfStaging) { OnModel = PermissionLevel.CanManageStagingVersions },
        new("CAN_MANAGE_PRODUCTION_VERSIONS on the model", ManagerOfProduction) { OnModel = PermissionLevel.CanManageProductionVersions },
        new("CAN_MANAGE on the model", ManagerOfProduction | May.ManageModel) { OnModel = PermissionLevel.CanManage },
    ];

    /// <summary>The administrator.</summary>
    public static Persona Admin { get; } = new("an administrator", (May)~0);

    /// <summary>Somebody who sends no credentials.</summary>
    public static Persona Nobody { get; } = new("nobody", May.Anything);
}
