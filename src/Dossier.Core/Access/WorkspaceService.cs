using System.Globalization;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Access;

/// <summary>The tree of folders and the experiments in it, by path. Every method throws <see cref="ProtocolException"/> for a bad request.</summary>
/// <param name="store">Where folders are.</param>
/// <param name="clock">Gives the time of changes.</param>
public sealed class WorkspaceService(IAccessStore store, TimeProvider clock)
{
    /// <summary>Makes a folder and those above it that are missing; harmless if it is there.</summary>
    public async Task MakeDirectoryAsync(MakeDirectory message, Caller caller, CancellationToken cancel) =>
        await store.MakeFolderAsync(FolderPath.Check(message.Path), null, caller, clock.Milliseconds(), cancel);

    /// <summary>What is at a path: a folder, or an experiment that the caller may read.</summary>
    public async Task<WorkspaceObject> GetAsync(string? path, Caller caller, CancellationToken cancel)
    {
        var text = FolderPath.Check(path);
        if (await store.FindFolderAsync(text, cancel) is { } folder)
        {
            return Of(folder);
        }

        var (parent, name) = FolderPath.Split(text);
        var found = await store.ListExperimentsAsync(parent, name, caller.Scope, 1, cancel);
        return found.Count == 0 ? throw Missing(text) : Of(parent, found[0]);
    }

    /// <summary>The folders directly in a folder, and the experiments in it that the caller may read.</summary>
    public async Task<WorkspaceObjects> ListAsync(string? path, Caller caller, CancellationToken cancel)
    {
        var text = FolderPath.Check(path);
        if (await store.FindFolderAsync(text, cancel) is null)
        {
            throw Missing(text);
        }

        var folders = await store.ListFoldersAsync(text, cancel);
        var experiments = await store.ListExperimentsAsync(text, null, caller.Scope, Limits.ListedObjects + 1, cancel);
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
