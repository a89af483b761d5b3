using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Reports.Data;

namespace Dossier.Reports.Collect;

/// <summary>Collects a model's record from a server into a data document.</summary>
/// <param name="reader">The server.</param>
/// <param name="clock">The clock of the manifest's time.</param>
/// <param name="options">What to collect.</param>
public sealed class RecordCollector(IRecordReader reader, TimeProvider clock, CollectOptions options)
{
    /// <summary>
    /// Collects everything known of a model. A part that cannot be read leaves its error in the document; when nothing but the URI is
    /// known, the document is the manifest and a top-level <c>error</c>.
    /// </summary>
    /// <remarks>
    /// Each thing is asked once, and what does not depend on an answer is asked side by side. The document does not depend on the order in
    /// which answers arrive.
    /// </remarks>
    /// <param name="uri">Any model URI but <c>data:</c>, which <see cref="DataDocumentFile"/> reads.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProtocolException">
    /// The URI names a registered model, version, alias or logged model that does not exist or that the caller is not allowed to read.
    /// </exception>
    public async Task<DataDocument> CollectAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var manifest = new RecordObject
        {
            ["model_uri"] = new RecordText(uri.Text),
            ["source"] = new RecordText(reader.TrackingUri),
            ["model_uris"] = new RecordObject { ["model_uri"] = new RecordText(uri.Text) },
            ["mlflow_version"] = new RecordText("Dossier " + typeof(RecordCollector).Assembly.GetName().Version!.ToString(3)),
            ["timestamp"] = new RecordText(RecordTime.Format(clock.GetUtcNow())),
        };
        await using var source = new RecordSource(reader, cancellationToken);
        return new DataDocument(await new Collection(source, options, uri).RunAsync(manifest));
    }

    /// <summary>One collection.</summary>
    private sealed class Collection
    {
        private readonly RecordSource _source;
        private readonly ModelUri _uri;
        private readonly MlModelCollector _models;
        private readonly RegistryCollector _registry;
        private readonly RunCollector _runs;

        public Collection(RecordSource source, CollectOptions options, ModelUri uri)
        {
            _source = source;
            _uri = uri;
            var permissions = options.Permissions ? new PermissionsCollector(source) : null;
            _models = new(source);
            _registry = new(source, permissions);
            _runs = new(source, permissions);
        }

        public async Task<RecordObject> RunAsync(RecordObject manifest)
        {
            var key = await _source.FindVersionAsync(_uri);
            var registeredModel = key is null ? null : _source.Begin(_registry.ModelAsync(key.Name));
            var version = key is null ? null : await _registry.ReadVersionAsync(key);
            var runId = NonEmpty(version?.Raw.TextAt("run_id")) ?? (_uri as ModelUri.OfRun)?.RunId;
            var begun = AskAhead(version, runId);

            var logged = await LoggedModelAsync(version);
            runId ??= NonEmpty(logged?.TextAt("source_run_id"));
            if (NonEmpty(logged?.TextAt("experiment_id")) is { } experimentOfModel)
            {
                _runs.AskAhead(experimentOfModel);
            }

            begun ??= _uri is ModelUri.OfLoggedModel ? BeginFirst(version, runId, null, logged) : null;

            var (run, runError) = await ReadRunAsync(runId);
            var experiment = BeginExperiment(run);
            logged ??= await LoggedModelOfRunAsync(run);
            var place = ModelPlace.Of(_uri, version, runId, ArtifactUri(run), logged);
            var read = await _models.ReadAsync(place.Candidates, begun);
            if (read.Error is not null && version is null && logged is null && run is null)
            {
                return new RecordObject { ["manifest"] = manifest, ["error"] = Failure.Of(runError ?? read.Error) };
            }

            if (runId is null && NonEmpty(read.File?.TextAt("run_id")) is { } modelsRunId)
            {
                runId = modelsRunId;
                (run, runError) = await ReadRunAsync(runId);
                experiment = BeginExperiment(run);
            }

            manifest["model_uris"] = ModelUris.Of(_uri, version, place, read.File, runId, run);
            var featureStore = _source.Begin(_models.FeatureStoreAsync(read));
            var root = new RecordObject
            {
                ["manifest"] = manifest,
                ["mlflow_model"] = await MlModelCollector.EnrichAsync(read, runId is not null),
            };
            await AppendRunAsync(root, run, runError, experiment);
            if (version is not null)
            {
                root["registered_model"] = await registeredModel!;
                root["model_version"] = await _registry.VersionAsync(version);
            }

            if (await featureStore is { } wrapped)
            {
                root["mlflow_model_raw"] = wrapped;
            }

            return root;
        }

        /// <summary>
        /// Asks about run, logged model, experiment and files as soon as the version is known, as far as the version lets one guess them.
        /// A wrong guess costs calls, but never shows in the document.
        /// </summary>
        /// <returns>The folder that probably holds the model; null when that cannot be guessed.</returns>
        private ModelFolder? AskAhead(FoundVersion? version, string? runId)
        {
            if (runId is not null)
            {
                _source.AskAhead(new RecordQuery.Run(runId));
            }

            if (version is null)
            {
                return null;
            }

            var source = version.Raw.TextAt("source");
            var modelId = ModelPlace.LoggedModelId(source);
            if (modelId is not null)
            {
                _source.AskAhead(new RecordQuery.LoggedModel(modelId));
            }

            var guess = StandardPlace.Of(source, runId, modelId) ?? StandardPlace.Of(version.DownloadUri, runId, modelId);
            if (guess is not null)
            {
                _runs.AskAhead(guess.ExperimentId);
            }

            return guess is not null || runId is null ? BeginFirst(version, runId, guess?.RunUri, null) : null;
        }

        private ModelFolder? BeginFirst(FoundVersion? version, string? runId, string? runUri, RecordObject? logged) =>
            ModelPlace.Of(_uri, version, runId, runUri, logged).Candidates.Select(_models.Begin).FirstOrDefault();

        private async Task<RecordObject?> LoggedModelAsync(FoundVersion? version)
        {
            if (_uri is ModelUri.OfLoggedModel own)
            {
                return await AskLoggedModelAsync(own.ModelId);
            }

            // The version may still be readable through its download URI; if not, that error is reported.
            return ModelPlace.LoggedModelId(version?.Raw.TextAt("source")) is { } id ? await TryLoggedModelAsync(id) : null;
        }

        /// <summary>The logged model that a run's URI means: 3.x clients keep a run's models outside of it. The last one of that name counts.</summary>
        private async Task<RecordObject?> LoggedModelOfRunAsync(RecordObject? run)
        {
            if (_uri is not ModelUri.OfRun { Path.Length: > 0 } uri || run?.ObjectAt("outputs")?.ArrayAt("model_outputs") is not { } outputs)
            {
                return null;
            }

            foreach (var id in outputs.OfType<RecordObject>().Select(output => output.TextAt("model_id")).OfType<string>().Reverse())
            {
                if (await TryLoggedModelAsync(id) is { } model && uri.PathBelow(model.TextAt("name") ?? "") is "")
                {
                    return model;
                }
            }

            return null;
        }

        private async Task<RecordObject?> TryLoggedModelAsync(string id)
        {
            try
            {
                return await AskLoggedModelAsync(id);
            }
            catch (ProtocolException)
            {
                return null;
            }
        }

        private async Task<RecordObject> AskLoggedModelAsync(string id) =>
            (await _source.AskAsync(new RecordQuery.LoggedModel(id), "model")).ObjectAt("info")
            ?? throw new ProtocolException(ErrorCode.InternalError, $"The server's answer about logged model {id} has no 'info'.");

        private async Task<(RecordObject? Run, ProtocolException? Error)> ReadRunAsync(string? runId)
        {
            try
            {
                return (runId is null ? null : await _source.AskAsync(new RecordQuery.Run(runId), "run"), null);
            }
            catch (ProtocolException exception)
            {
                return (null, exception);
            }
        }

        private Task<RecordObject>? BeginExperiment(RecordObject? run) => NonEmpty(run?.ObjectAt("info")?.TextAt("experiment_id")) is { } id
            ? _source.Begin(_runs.ExperimentAsync(id))
            : null;

        private async Task AppendRunAsync(RecordObject root, RecordObject? run, ProtocolException? error, Task<RecordObject>? asked)
        {
            if (run is null)
            {
                root["run"] = error is null
                    ? new RecordObject { ["warning"] = new RecordText("The model has no run id: it is not known which run made it.") }
                    : new RecordObject { ["error"] = Failure.Of(error) };
                root["experiment"] = RecordNull.Value;
                return;
            }

            var experiment = asked is null ? null : await asked;
            root["run"] = _runs.Enrich(run, experiment?.TextAt("name"));
            root["experiment"] = (RecordValue?)experiment ?? RecordNull.Value;
        }

        private static string? ArtifactUri(RecordObject? run) => run?.ObjectAt("info")?.TextAt("artifact_uri");

        private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }
}
