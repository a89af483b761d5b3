namespace Dossier.Core.Access;

/// <summary>
/// How much a grant allows, lowest first: one order for all types of objects, of which each knows some. The numbers are stored, so they never change.
/// Effective is the highest of all grants to the principal and its groups, on the object and on what it inherits from.
/// </summary>
public enum PermissionLevel
{
    /// <summary>Nothing. Not stored: it is the absence of a grant.</summary>
    NoPermissions = 0,

    /// <summary>To hold tokens or passwords.</summary>
    CanUse = 5,

    /// <summary>To register new models; on the registry root alone, and not inherited.</summary>
    CanCreateRegisteredModel = 6,

    /// <summary>To see the object and what belongs to it.</summary>
    CanRead = 10,

    /// <summary>Of folders. Below a folder it counts as <see cref="CanEdit"/> of the experiments in it.</summary>
    CanRun = 20,

    /// <summary>To change the object.</summary>
    CanEdit = 30,

    /// <summary>To move model versions between stages other than Production.</summary>
    CanManageStagingVersions = 40,

    /// <summary>To move model versions between all stages.</summary>
    CanManageProductionVersions = 50,

    /// <summary>All, grants included.</summary>
    CanManage = 60,
}
