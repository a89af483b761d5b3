using System.Globalization;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>The tree of folders and the experiments in it, by path. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where folders are.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class WorkspaceService(IAccessStore store, TimeProvider clock)
{
    /// <summary>The guard of <see cref="MakeDirectoryAsync"/>.</summary>
    public static Guard<MakeDirectory> MayMakeDirectory { get; } =
        Guards.On<MakeDirectory>(PermissionLevel.CanManage, ObjectKinds.FolderAt, static m => m.Path);

    /// <summary>Makes a folder and those above it that are missing; harmless if it is there.</summary>
    public async Task MakeDirectoryAsync(Granted<MakeDirectory> request, CancellationToken cancellationToken) =>
        await store.MakeFolderAsync(FolderPath.Check(request.Message.Path), null, request.Caller, clock.Milliseconds(), cancellationToken);

    /// <summary>The guard of <see cref="GetAsync"/>.</summary>
    public static Guard<GetWorkspaceObject> MayGet { get; } = Guards.SignedIn<GetWorkspaceObject>();

    /// <summary>What is at a path: a folder, or an experiment that the caller may read.</summary>
    public async Task<WorkspaceObject> GetAsync(Granted<GetWorkspaceObject> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var text = FolderPath.Check(message.Path);
        if (await store.FindFolderAsync(text, cancellationToken) is { } folder)
        {
            return Of(folder);
        }

        var (parent, name) = FolderPath.Split(text);
        var found = await store.ListExperimentsAsync(parent, name, caller.Scope, 1, cancellationToken);
        return found.Count == 0 ? throw Missing(text) : Of(parent, found[0]);
    }

    /// <summary>The guard of <see cref="ListAsync"/>.</summary>
    public static Guard<ListWorkspace> MayList { get; } = Guards.SignedIn<ListWorkspace>();

    /// <summary>The folders directly in a folder, and the experiments in it that the caller may read.</summary>
    public async Task<WorkspaceObjects> ListAsync(Granted<ListWorkspace> request, CancellationToken cancellationToken)
    {
        var (message, caller) = request;
        var text = FolderPath.Check(message.Path);
        if (await store.FindFolderAsync(text, cancellationToken) is null)
        {
            throw Missing(text);
        }

        var folders = await store.ListFoldersAsync(text, cancellationToken);
        var experiments = await store.ListExperimentsAsync(text, null, caller.Scope, Limits.ListedObjects + 1, cancellationToken);
        return folders.Count + experiments.Count > Limits.ListedObjects
            ? throw ProtocolException.Invalid(
                $"'{TextRules.Excerpt(text)}' holds more than {Limits.ListedObjects} objects: too many for one answer. experiments/search gives them by pages.")
            : new([.. folders.Select(Of), .. experiments.Select(experiment => Of(text, experiment))]);
    }

    private static WorkspaceObject Of(FolderInfo folder) => new()
    {
        ObjectType = WorkspaceObject.Directory,
        Path = folder.Path,
        ObjectId = Number(folder.Id),
        ResourceId = folder.Id,
    };

    private static WorkspaceObject Of(string folder, ExperimentInfo experiment) => new()
    {
        ObjectType = WorkspaceObject.Experiment,
        Path = experiment.Name.StartsWith('/') ? experiment.Name : FolderPath.Join(folder, experiment.Name),
        ObjectId = Number(experiment.Id),
        ResourceId = experiment.Id,
    };

    private static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ProtocolException Missing(string path) => ProtocolException.NotFound($"Path ({TextRules.Excerpt(path)}) doesn't exist.");
}
