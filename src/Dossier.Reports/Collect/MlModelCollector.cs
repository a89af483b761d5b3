using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>An MLmodel file that was read, or why it could not be.</summary>
/// <param name="File">The file; null when it could not be read.</param>
/// <param name="Folder">The folder that it is in; null when it could not be read.</param>
/// <param name="Error">Why it could not be read; null when it was.</param>
internal sealed record ReadModel(RecordObject? File, ModelFolder? Folder, ProtocolException? Error);

/// <summary>A folder that may hold a model, whose MLmodel file and tree are being read side by side.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="File">The MLmodel file; fails if it cannot be read.</param>
/// <param name="Tree">All files, or the record of the failure to list them.</param>
internal sealed record ModelFolder(ArtifactLocation Location, Task<RecordObject> File, Task<RecordValue> Tree);

/// <summary>Collects the MLmodel file, the model's size and its files.</summary>
/// <param name="source">The server.</param>
internal sealed class MlModelCollector(RecordSource source)
{
    /// <summary>Begins to read a folder.</summary>
    public ModelFolder Begin(ArtifactLocation location) => new(
        location,
        source.Begin(ReadYamlAsync(location, MlModelFile.Name)),
        source.Begin(Failure.OrRecordAsync(
            async () => await new ArtifactTree(source).WalkAsync(location),
            exception => new RecordObject { ["error"] = Failure.Of(exception) })));

    /// <summary>Reads the MLmodel file from the first folder that has a readable one.</summary>
    /// <param name="candidates">The folders, the best first.</param>
    /// <param name="begun">A folder that was begun ahead, because it was probably the best; null for none.</param>
    public async Task<ReadModel> ReadAsync(IReadOnlyList<ArtifactLocation> candidates, ModelFolder? begun)
    {
        ProtocolException? error = null;
        foreach (var location in candidates)
        {
            try
            {
                var folder = location == begun?.Location ? begun : Begin(location);
                return new ReadModel(await folder.File, folder, null);
            }
            catch (ProtocolException exception)
            {
                error ??= exception;
            }
        }

        return new ReadModel(null, null, error ?? ProtocolException.NotFound("The record does not say where the model's files are."));
    }

    /// <summary>The model as the document shows it.</summary>
    /// <param name="read">The file.</param>
    /// <param name="hasRun">Whether a run is known; without one the size counts as unknown, −1.</param>
    public static async Task<RecordObject> EnrichAsync(ReadModel read, bool hasRun)
    {
        if (read is not { File: { } file, Folder: { } folder })
        {
            return Unreadable(read.Error!);
        }

        var model = Exploder.Explode(file);
        model["model_flavor"] = RecordValue.Of(MainFlavor(model["flavors"]));
        var artifacts = await folder.Tree;
        model["model_size_bytes"] = (hasRun ? ((RecordObject)artifacts)["file_size"] : null) ?? RecordValue.Of(-1);
        model["artifacts"] = artifacts;
        return model;
    }

    /// <summary>
    /// The model inside a feature-store model, and its feature spec; null for all other models.
    /// </summary>
    public async Task<RecordObject?> FeatureStoreAsync(ReadModel read)
    {
        var flavors = read.File?.ObjectAt("flavors");
        var wrapper = flavors is { Count: 1 } ? flavors.ObjectAt("python_function") : null;
        if (wrapper?.TextAt("loader_module") != "databricks.feature_store.mlflow_model" || !TryPath(wrapper.TextAt("data"), out var path))
        {
            return null;
        }

        var directory = path.Aggregate(read.Folder!.Location, (location, name) => location.Child(name));
        var inner = source.Begin(Failure.OrRecordAsync(
            async () => Exploder.Explode(await ReadYamlAsync(directory.Child("raw_model"), MlModelFile.Name)),
            exception => new RecordObject { ["error"] = Failure.Of(exception) }));
        var spec = source.Begin(Failure.OrRecordAsync(
            async () => await ReadYamlAsync(directory, "feature_spec.yaml"),
            exception => new RecordObject { ["error"] = Failure.Of(exception) }));
        return new RecordObject
        {
            ["model_type"] = new RecordText("feature_store"),
            ["mlflow_model"] = await inner,
            ["feature_spec"] = await spec,
        };
    }

    private static RecordObject Unreadable(ProtocolException error) => new()
    {
        ["error"] = Failure.Of(error),
        ["flavors"] = new RecordObject { ["warning"] = new RecordText(error.Message) },
        ["model_size_bytes"] = RecordValue.Of(-1),
    };

    private static string? MainFlavor(RecordValue? flavors)
    {
        var names = (flavors as RecordObject ?? []).Select(flavor => flavor.Key).ToList();
        return names.Find(name => name != "python_function") ?? names.FirstOrDefault();
    }

    private async Task<RecordObject> ReadYamlAsync(ArtifactLocation directory, string name)
    {
        try
        {
            return await source.ReadYamlAsync(directory.Child(name));
        }
        catch (Exception exception) when (exception is FormatException or IOException)
        {
            throw ProtocolException.Invalid($"The file {name} cannot be read. {exception.Message}");
        }
    }

    private static bool TryPath(string? path, out string[] segments)
    {
        segments = path?.Split('/') ?? [];
        return segments.Length > 0 && !segments.Any(segment => segment is "" or "." or "..");
    }
}
