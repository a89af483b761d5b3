using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Core.Audit;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Access;

/// <summary>What the tests of access share: short words for who does what. Each test has an empty database of its own.</summary>
public abstract class AccessTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    protected const string Root = "mlflow-artifacts:";

    protected static readonly AccessObject Registry = ObjectKinds.Registry.Only();

    protected static readonly AccessObject RootFolder = ObjectKinds.Folder.Of("0");

    private long _clock = 1_700_000_000_000;

    /// <summary>A new user.</summary>
    protected Task<Caller> UserAsync(string name) => NewAsync(PrincipalKind.User, name);

    /// <summary>A new user or service principal, as it is known when it asks for something.</summary>
    protected async Task<Caller> NewAsync(PrincipalKind kind, string name, string? displayName = null)
    {
        var made = await Store.Identity.CreateAsync(new() { Kind = kind, Name = name, DisplayName = displayName }, By(Caller.Local), default);
        return await CallerAsync(made.Id);
    }

    /// <summary>A new group with these members; gives its key.</summary>
    protected async Task<long> GroupAsync(string name, params long[] members) =>
        (await Store.Identity.CreateGroupAsync(new() { Kind = PrincipalKind.Group, Name = name }, members, By(Caller.Local), default)).Id;

    protected async Task<Caller> CallerAsync(long id) => (await Store.Identity.FindCallerAsync(id, default))!;

    protected Change By(Caller caller) => new(caller.Name, ++_clock, caller.Id);

    protected Task<string> ExperimentAsync(Caller creator, string name, string? location = null, string? id = null) => Store.Tracking.CreateExperimentAsync(
        new() { Name = name, ArtifactLocation = location, ExperimentId = id }, Root, By(creator), default);

    protected Task RenameAsync(Caller caller, string experimentId, string newName) => Store.Tracking.RenameExperimentAsync(experimentId, null, newName, By(caller), default);

    protected Task ModelAsync(Caller creator, string name) => Store.Registry.CreateModelAsync(new() { Name = name }, By(creator), default);

    protected async Task<string> FolderAsync(string path, Caller? caller = null, string? id = null) =>
        (await Store.Access.MakeFolderAsync(path, id, caller ?? Caller.Local, ++_clock, default)).Id;

    protected Task<ObjectPermissions> GrantAsync(AccessObject target, params Grant[] grants) => ChangeAsync(Caller.Local, target, false, grants);

    protected Task<ObjectPermissions> ChangeAsync(Caller caller, AccessObject target, bool replace, params Grant[] grants) =>
        Store.Access.ChangeGrantsAsync(target, grants, replace, caller, ++_clock, default);

    protected async Task<ObjectPermissions> PermissionsAsync(AccessObject target) => (await Store.Access.GetPermissionsAsync(target, default))!;

    protected static Grant User(string name, PermissionLevel level) => new(PrincipalKind.User, name, level);

    protected static Grant Group(string name, PermissionLevel level) => new(PrincipalKind.Group, name, level);

    protected Task<PermissionLevel?> LevelAsync(AccessObject target, Caller caller) => Store.Access.FindLevelAsync(target, caller.PrincipalIds, default);

    protected Task<PermissionLevel?> LevelAsync(string experimentId, Caller caller) => LevelAsync(ObjectKinds.Experiment.Of(experimentId), caller);

    protected Task<PermissionLevel?> ArtifactAsync(string path, Caller caller) => LevelAsync(ObjectKinds.Artifact.Of(ArtifactPath.Parse(path).Value), caller);

    /// <summary>The list as lines: <c>name: LEVEL, LEVEL from /directories/1 /directories/2</c>.</summary>
    protected static string[] Lines(ObjectPermissions permissions) => [.. permissions.AccessControlList.Select(entry =>
        $"{entry.UserName ?? entry.GroupName ?? entry.ServicePrincipalName}: {string.Join(", ", entry.AllPermissions.Select(Line))}")];

    private static string Line(GrantedLevel level) =>
        level.Inherited ? $"{level.PermissionLevel} from {string.Join(' ', level.InheritedFromObject!)}" : level.PermissionLevel;
}
