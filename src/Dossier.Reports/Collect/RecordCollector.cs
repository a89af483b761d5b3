using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>Collects a model's record from a server into a data document.</summary>
/// <param name="reader">The server.</param>
/// <param name="clock">Tells the manifest's time.</param>
/// <param name="options">What to collect.</param>
public sealed class RecordCollector(IRecordReader reader, TimeProvider clock, CollectOptions options)
{
    private readonly RecordSource _source = new(reader);

    private PermissionsCollector? Permissions => options.Permissions ? new PermissionsCollector(_source) : null;

    /// <summary>
    /// Collects everything known of a model. A part that cannot be read leaves its error in the document; when nothing but the URI is
    /// known, the document is the manifest and a top-level <c>error</c>.
    /// </summary>
    /// <param name="uri">Any model URI but <c>data:</c>, which <see cref="DataDocumentFile"/> reads.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">The URI names a registered model, version, alias or logged model that is not there or may not be read.</exception>
    public async Task<DataDocument> CollectAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var manifest = Manifest(uri);
        var version = await new VersionReader(_source).ReadAsync(uri, cancellationToken);
        var logged = await LoggedModelAsync(uri, version, cancellationToken);
        var runId = NonEmpty(version?.Raw.TextAt("run_id")) ?? (uri as ModelUri.OfRun)?.RunId ?? NonEmpty(logged?.TextAt("source_run_id"));
        var (run, runError) = await ReadRunAsync(runId, cancellationToken);
        var place = ModelPlace.Of(uri, version, run, logged);
        var models = new MlModelCollector(_source);
        var read = await models.ReadAsync(place.Candidates, cancellationToken);
        if (read.Error is not null && version is null && logged is null && run is null)
        {
            return new DataDocument(new JsonObject { ["manifest"] = manifest, ["error"] = Failure.Of(runError ?? read.Error) });
        }

        if (runId is null && NonEmpty(read.File?.TextAt("run_id")) is { } modelsRunId)
        {
            runId = modelsRunId;
            (run, runError) = await ReadRunAsync(runId, cancellationToken);
        }

        var root = new JsonObject
        {
            ["manifest"] = manifest,
            ["mlflow_model"] = await models.EnrichAsync(read, runId is not null, cancellationToken),
        };
        manifest["model_uris"] = ModelUris.Of(uri, version, place, read.File, runId, run);
        await AppendRunAsync(root, run, runError, cancellationToken);
        await AppendRegistryAsync(root, version, cancellationToken);
        if (await models.FeatureStoreAsync(read, cancellationToken) is { } featureStore)
        {
            root["mlflow_model_raw"] = featureStore;
        }

        return new DataDocument(root);
    }

    private JsonObject Manifest(ModelUri uri) => new()
    {
        ["model_uri"] = new JsonString(uri.Text),
        ["source"] = new JsonString(reader.TrackingUri),
        ["model_uris"] = new JsonObject { ["model_uri"] = new JsonString(uri.Text) },
        ["mlflow_version"] = new JsonString("Dossier " + typeof(RecordCollector).Assembly.GetName().Version!.ToString(3)),
        ["timestamp"] = new JsonString(RecordTime.Format(clock.GetUtcNow())),
    };

    private async Task<JsonObject?> LoggedModelAsync(ModelUri uri, FoundVersion? version, CancellationToken cancellationToken)
    {
        if (uri is ModelUri.OfLoggedModel own)
        {
            return await AskLoggedModelAsync(own.ModelId, cancellationToken);
        }

        if (ModelPlace.LoggedModelId(version?.Raw.TextAt("source")) is not { } id)
        {
            return null;
        }

        try
        {
            return await AskLoggedModelAsync(id, cancellationToken);
        }
        catch (ProtocolException)
        {
            // The version may still be readable through its download URI; if not, that error is reported.
            return null;
        }
    }

    private async Task<JsonObject> AskLoggedModelAsync(string id, CancellationToken cancellationToken) =>
        (await _source.AskAsync(new RecordQuery.LoggedModel(id), "model", cancellationToken)).ObjectAt("info")
        ?? throw new ProtocolException(ErrorCode.InternalError, $"The answer for logged model '{id}' has no 'info'.");

    private async Task<(JsonObject? Run, ProtocolException? Error)> ReadRunAsync(string? runId, CancellationToken cancellationToken)
    {
        try
        {
            return (runId is null ? null : await _source.AskAsync(new RecordQuery.Run(runId), "run", cancellationToken), null);
        }
        catch (ProtocolException exception)
        {
            return (null, exception);
        }
    }

    private async Task AppendRunAsync(JsonObject root, JsonObject? run, ProtocolException? error, CancellationToken cancellationToken)
    {
        if (run is null)
        {
            root["run"] = error is null
                ? new JsonObject { ["warning"] = new JsonString("The model has no run id: it is not known which run made it.") }
                : new JsonObject { ["error"] = Failure.Of(error) };
            root["experiment"] = JsonNull.Value;
            return;
        }

        var runs = new RunCollector(_source, Permissions);
        var experiment = NonEmpty(run.ObjectAt("info")?.TextAt("experiment_id")) is { } id ? await runs.ExperimentAsync(id, cancellationToken) : null;
        root["run"] = runs.Enrich(run, experiment?.TextAt("name"));
        root["experiment"] = (JsonValue?)experiment ?? JsonNull.Value;
    }

    private async Task AppendRegistryAsync(JsonObject root, FoundVersion? version, CancellationToken cancellationToken)
    {
        if (version is not null)
        {
            var registry = new RegistryCollector(_source, Permissions);
            root["registered_model"] = await registry.ModelAsync(version.Name, cancellationToken);
            root["model_version"] = await registry.VersionAsync(version, cancellationToken);
        }
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
