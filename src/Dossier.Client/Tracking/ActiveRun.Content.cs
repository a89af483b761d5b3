using System.Globalization;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Client;

/// <summary>What a run logs beside metrics, params and tags: datasets, artifacts, models, child runs.</summary>
public sealed partial class ActiveRun
{
    /// <summary>Starts a run below this one, in the same experiment.</summary>
    /// <param name="runName">Its name; null: a readable random one.</param>
    /// <param name="tags">More tags.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ActiveRun> StartChildRunAsync(string? runName = null, IEnumerable<Tag>? tags = null, CancellationToken cancellationToken = default) =>
        _client.StartRunInAsync(Info.ExperimentId, runName, [new(WellKnownTags.ParentRunId, Id), .. tags ?? []], cancellationToken);

    /// <summary>Says which dataset the run used.</summary>
    /// <param name="dataset">The dataset: name, digest, source.</param>
    /// <param name="context">What for, e.g. <c>training</c>; null: not said.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task LogInputAsync(Dataset dataset, string? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var input = new DatasetInput { Dataset = dataset, Tags = context is null ? null : [new(WellKnownTags.DataContext, context)] };
        return _client.Runs.LogInputsAsync(new(Id, [input], null), cancellationToken);
    }

    /// <summary>Uploads a local file.</summary>
    /// <param name="localFile">The file; its name is kept.</param>
    /// <param name="artifactFolder">The folder in the run's artifacts; empty: their root.</param>
    /// <param name="progress">Receives the number of bytes so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task LogArtifactAsync(
        string localFile, string artifactFolder = "", IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _client.Artifacts.UploadFileAsync(localFile, At(artifactFolder).Child(Path.GetFileName(localFile)), progress, cancellationToken);

    /// <summary>Uploads all files below a local folder.</summary>
    /// <param name="localFolder">The folder; its content is uploaded, not its name.</param>
    /// <param name="artifactFolder">The folder in the run's artifacts; empty: their root.</param>
    /// <param name="progress">Receives the number of bytes of all files so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task LogArtifactsAsync(
        string localFolder, string artifactFolder = "", IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _client.Artifacts.UploadFolderAsync(localFolder, At(artifactFolder), progress, cancellationToken);

    /// <summary>Writes a text as an artifact, in UTF-8.</summary>
    public Task LogTextAsync(string text, string artifactFile, CancellationToken cancellationToken = default) =>
        _client.Artifacts.UploadTextAsync(text, At(artifactFile), cancellationToken);

    /// <summary>
    /// Uploads a folder that holds an MLflow Model (a file <c>MLmodel</c> and what it names) as it is, adds it to the run's tag
    /// <c>mlflow.log-model.history</c>, and returns its URI, <c>runs:/RUN/FOLDER</c>.
    /// </summary>
    /// <param name="localFolder">The folder with the <c>MLmodel</c> file.</param>
    /// <param name="artifactFolder">The folder in the run's artifacts, e.g. <c>model</c>.</param>
    /// <param name="progress">Receives the number of bytes of all files so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FormatException">The <c>MLmodel</c> file is malformed; nothing was uploaded.</exception>
    public async Task<string> LogModelAsync(
        string localFolder, string artifactFolder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(artifactFolder);
        RecordObject model;
        await using (var file = File.OpenRead(Path.Combine(localFolder, MlModelFile.Name)))
        {
            model = await MlModelFile.ReadAsync(file, cancellationToken);
        }

        await LogArtifactsAsync(localFolder, artifactFolder, progress, cancellationToken);

        // The history names the model's place now, whatever run its file names.
        model["run_id"] = RecordValue.Of(Id);
        model["artifact_path"] = RecordValue.Of(artifactFolder);
        if (model["utc_time_created"] is null)
        {
            model["utc_time_created"] = RecordValue.Of(_time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        }

        await _client.Runs.LogModelAsync(new(Id, JsonWriter.Write(model)), cancellationToken);
        return $"runs:/{Id}/{artifactFolder}";
    }

    private ArtifactLocation.InRun At(string artifactPath) => new(Id, artifactPath);
}
