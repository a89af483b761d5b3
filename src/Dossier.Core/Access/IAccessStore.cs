using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>A grant to be made: who, and how much.</summary>
/// <param name="Kind">The principal's kind.</param>
/// <param name="Name">Its name: user name, group name, application id.</param>
/// <param name="Level">How much; <see cref="PermissionLevel.NoPermissions"/> takes the direct grant away.</param>
public sealed record Grant(PrincipalKind Kind, string Name, PermissionLevel Level);

/// <summary>A folder.</summary>
/// <param name="Id">Its public id; the root's is 0.</param>
/// <param name="Path">Its path.</param>
public sealed record FolderInfo(string Id, string Path);

/// <summary>An experiment in a folder.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Name">Its name.</param>
public sealed record ExperimentInfo(string Id, string Name);

/// <summary>
/// The port to grants and to what they are inherited along. Every change is one durable transaction with its event row.
/// </summary>
public interface IAccessStore
{
    /// <summary>Changes whenever something that decides about access has changed: grants, groups, principals, credentials, names and folders of objects.
    /// What was worked out at another value no longer counts.</summary>
    long Version { get; }

    /// <summary>Looks whether other processes have changed anything, and then changes <see cref="Version"/>.</summary>
    Task RefreshAsync(CancellationToken cancel);

    /// <summary>The highest level that one of these principals has on the object, inherited included; null if there is no such object.</summary>
    Task<PermissionLevel?> FindLevelAsync(AccessObject target, IReadOnlyList<long> principalIds, CancellationToken cancel);

    /// <summary>The same for several objects, those of runs and those of logged models in one statement each; what isn't there is left out.</summary>
    Task<IReadOnlyDictionary<AccessObject, PermissionLevel>> FindLevelsAsync(
        IReadOnlyCollection<AccessObject> targets, IReadOnlyList<long> principalIds, CancellationToken cancel);

    /// <summary>All grants on the object, direct and inherited, in the answer's order; null if there is no such object.</summary>
    Task<ObjectPermissions?> GetPermissionsAsync(AccessObject target, CancellationToken cancel);

    /// <summary>Changes direct grants and gives all grants.</summary>
    /// <param name="target">An object with grants of its own.</param>
    /// <param name="grants">The grants, each principal once.</param>
    /// <param name="replace">Whether all other direct grants go.</param>
    /// <param name="caller">Who asks; has CAN_MANAGE, and must still have it afterwards.</param>
    /// <param name="at">When, in milliseconds since the epoch.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="ProtocolException"><c>RESOURCE_DOES_NOT_EXIST</c> for an unknown object or principal, <c>INVALID_PARAMETER_VALUE</c>
    /// when <c>admins</c> would lose a root or the caller the object.</exception>
    Task<ObjectPermissions> ChangeGrantsAsync(
        AccessObject target, IReadOnlyList<Grant> grants, bool replace, Caller caller, long at, CancellationToken cancel);

    /// <summary>By which grants a principal has what it has on an object, highest first; null if there is no such object.</summary>
    Task<IReadOnlyList<GrantPath>?> ExplainAsync(AccessObject target, long principalId, CancellationToken cancel);

    /// <summary>The direct grants of a principal on experiments, by id, and on registered models, by name.</summary>
    Task<IReadOnlyList<(AccessObject Target, PermissionLevel Level)>> ListDirectGrantsAsync(long principalId, CancellationToken cancel);

    /// <summary>The folder at a path; null if there is none.</summary>
    Task<FolderInfo?> FindFolderAsync(string path, CancellationToken cancel);

    /// <summary>Makes a folder and those above it that are missing; harmless if it is there.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="id">For an importer: the id to keep.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="at">When, in milliseconds since the epoch.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task<FolderInfo> MakeFolderAsync(string path, string? id, Caller caller, long at, CancellationToken cancel);

    /// <summary>The folders directly in a folder, by path.</summary>
    Task<IReadOnlyList<FolderInfo>> ListFoldersAsync(string path, CancellationToken cancel);

    /// <summary>The active experiments directly in a folder, by name.</summary>
    /// <param name="path">The folder's path.</param>
    /// <param name="name">Only those of this name, with or without the folder's path before it; null for all.</param>
    /// <param name="scope">What to find.</param>
    /// <param name="max">At most this many.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task<IReadOnlyList<ExperimentInfo>> ListExperimentsAsync(string path, string? name, ReadScope scope, int max, CancellationToken cancel);
}
