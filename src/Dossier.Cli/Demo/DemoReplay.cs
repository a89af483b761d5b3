using Dossier.Client;
using Dossier.Protocol;

namespace Dossier.Cli.Demo;

/// <summary>Logs the demo's record to a server, as a training program would, but with the recorded times.</summary>
/// <param name="client">The server.</param>
/// <param name="record">The record.</param>
/// <param name="progress">Is told each step: what, and how much.</param>
internal sealed class DemoReplay(DossierClient client, DemoRecord record, Action<string, string> progress)
{
    private const int MetricsPerBatch = 1000;
    private const int ParamsPerBatch = 100;

    /// <summary>Replays all of it.</summary>
    /// <param name="scratch">An empty folder for the model's files on their way.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <returns>The registered model version.</returns>
    public async Task<ModelVersion> RunAsync(string scratch, CancellationToken cancellationToken)
    {
        var run = await StartRunAsync(cancellationToken);
        await LogDataAsync(run.RunId, cancellationToken);
        await LogModelAsync(run.RunId, scratch, cancellationToken);
        await client.Runs.UpdateAsync(new() { RunId = run.RunId, Status = RunStatus.Finished, EndTime = record.EndTime }, cancellationToken);
        return await RegisterAsync(run.RunId, cancellationToken);
    }

    private async Task<RunInfo> StartRunAsync(CancellationToken cancellationToken)
    {
        var experimentId = await client.Experiments.CreateAsync(
            new() { Name = record.ExperimentName, Tags = record.ExperimentTags }, cancellationToken);
        progress("experiment", $"{experimentId}: {record.ExperimentName}");
        var run = await client.Runs.CreateAsync(
            new() { ExperimentId = experimentId, RunName = record.RunName, StartTime = record.StartTime }, cancellationToken);
        progress("run", $"{run.Info.RunId}: {record.RunName}");
        return run.Info;
    }

    private async Task LogDataAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (var batch in record.Params.Chunk(ParamsPerBatch))
        {
            await client.Runs.LogBatchAsync(new() { RunId = runId, Params = batch }, cancellationToken);
        }

        progress("params", $"{record.Params.Count}");
        var points = new MetricHistories(record).Points();
        foreach (var batch in points.Chunk(MetricsPerBatch))
        {
            await client.Runs.LogBatchAsync(new() { RunId = runId, Metrics = batch }, cancellationToken);
        }

        progress("metrics", $"{record.LastPoints.Count}, {points.Count} points (curves made up, ends as recorded)");

        // Tags repeat the run's id: they are about this run now.
        var tags = record.RunTags.Select(tag => tag with { Value = tag.Value.Replace(record.RunId, runId, StringComparison.Ordinal) }).ToList();
        await client.Runs.LogBatchAsync(new() { RunId = runId, Tags = tags }, cancellationToken);
        progress("tags", $"{tags.Count}");
    }

    private async Task LogModelAsync(string runId, string scratch, CancellationToken cancellationToken)
    {
        DemoModelFolder.Write(record, scratch, runId);
        await client.Artifacts.UploadFolderAsync(
            scratch, new ArtifactLocation.InRun(runId, record.ModelFolder), progress: null, cancellationToken);
        progress("model files", $"MLmodel and {record.ModelFiles.Count} small placeholders");
    }

    private async Task<ModelVersion> RegisterAsync(string runId, CancellationToken cancellationToken)
    {
        var version = await client.RegisterModelAsync($"runs:/{runId}/{record.ModelFolder}", record.ModelName, cancellationToken);
        version = await client.ModelVersions.TransitionStageAsync(
            version.Name, version.Version, record.Stage, archiveExisting: false, cancellationToken);
        progress("registered", $"{version.Name} version {version.Version}, {version.CurrentStage}");
        return version;
    }
}
