using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>An MLmodel file that was read, or why it could not be.</summary>
/// <param name="File">The file; null when it could not be read.</param>
/// <param name="Location">The directory it lies in; null when it could not be read.</param>
/// <param name="Error">Why it could not be read; null when it was.</param>
internal sealed record ReadModel(JsonObject? File, ArtifactLocation? Location, ProtocolException? Error);

/// <summary>Collects the MLmodel file, the model's size and its files.</summary>
/// <param name="source">The server.</param>
internal sealed class MlModelCollector(RecordSource source)
{
    /// <summary>Reads the MLmodel file from the first directory that has a readable one.</summary>
    public async Task<ReadModel> ReadAsync(IReadOnlyList<ArtifactLocation> candidates, CancellationToken cancellationToken)
    {
        ProtocolException? error = null;
        foreach (var location in candidates)
        {
            try
            {
                return new ReadModel(await ReadYamlAsync(location, MlModelFile.Name, cancellationToken), location, null);
            }
            catch (ProtocolException exception)
            {
                error ??= exception;
            }
        }

        return new ReadModel(null, null, error ?? ProtocolException.NotFound("The record does not tell where the model's files are."));
    }

    /// <summary>The model as the document shows it.</summary>
    /// <param name="read">The file.</param>
    /// <param name="hasRun">Whether a run is known; without one the size counts as unknown, −1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<JsonObject> EnrichAsync(ReadModel read, bool hasRun, CancellationToken cancellationToken)
    {
        if (read is not { File: { } file, Location: { } location })
        {
            return Unreadable(read.Error!);
        }

        var model = Exploder.Explode(file);
        model["model_flavor"] = JsonValue.Of(MainFlavor(model["flavors"]));
        var artifacts = await Failure.OrRecordAsync(
            async () => await new ArtifactTree(source).WalkAsync(location, cancellationToken),
            exception => new JsonObject { ["error"] = Failure.Of(exception) });
        model["model_size_bytes"] = (hasRun ? ((JsonObject)artifacts)["file_size"] : null) ?? JsonValue.Of(-1);
        model["artifacts"] = artifacts;
        return model;
    }

    /// <summary>
    /// The model inside a feature-store model, and its feature spec; null for all other models.
    /// </summary>
    public async Task<JsonObject?> FeatureStoreAsync(ReadModel read, CancellationToken cancellationToken)
    {
        var flavors = read.File?.ObjectAt("flavors");
        var wrapper = flavors is { Count: 1 } ? flavors.ObjectAt("python_function") : null;
        if (wrapper?.TextAt("loader_module") != "databricks.feature_store.mlflow_model" || !TryPath(wrapper.TextAt("data"), out var path))
        {
            return null;
        }

        var directory = path.Aggregate(read.Location!, (location, name) => location.Child(name));
        return new JsonObject
        {
            ["model_type"] = new JsonString("feature_store"),
            ["mlflow_model"] = await Failure.OrRecordAsync(
                async () => Exploder.Explode(await ReadYamlAsync(directory.Child("raw_model"), MlModelFile.Name, cancellationToken)),
                exception => new JsonObject { ["error"] = Failure.Of(exception) }),
            ["feature_spec"] = await Failure.OrRecordAsync(
                async () => await ReadYamlAsync(directory, "feature_spec.yaml", cancellationToken),
                exception => new JsonObject { ["error"] = Failure.Of(exception) }),
        };
    }

    private static JsonObject Unreadable(ProtocolException error) => new()
    {
        ["error"] = Failure.Of(error),
        ["flavors"] = new JsonObject { ["warning"] = new JsonString(error.Message) },
        ["model_size_bytes"] = JsonValue.Of(-1),
    };

    private static string? MainFlavor(JsonValue? flavors)
    {
        var names = (flavors as JsonObject ?? []).Select(flavor => flavor.Key).ToList();
        return names.Find(name => name != "python_function") ?? names.FirstOrDefault();
    }

    private async Task<JsonObject> ReadYamlAsync(ArtifactLocation directory, string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await source.Reader.OpenArtifactAsync(directory.Child(name), cancellationToken);
            return await MlModelFile.ReadAsync(stream, cancellationToken);
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
