using Dossier.Client;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Reports;
using Dossier.Reports.Collect;
using Dossier.Reports.Layouts;
using Dossier.Vision.Boards;
using Dossier.Vision.Data;
using Dossier.Vision.Inference;
using Dossier.Vision.Jobs;
using Dossier.Vision.Pictures;
using Dossier.Vision.Serving;

namespace Dossier.Samples.Pcb;

/// <summary>The life of a model that finds damaged boards: generated data, training, record, report, one prediction and what it looked at.</summary>
/// <param name="server">Where it is recorded.</param>
/// <param name="settings">What is generated and trained.</param>
/// <param name="scratch">A folder for boards, checkpoints and the served model.</param>
internal sealed class PcbSample(SampleServer server, SampleSettings settings, string scratch) : IDisposable
{
    private const string ModelName = "pcb-classification";
    private const string Alias = "candidate";
    private const string Damaged = "damaged";

    // Where people's own experiments lie, so that it inherits what is granted on the folder.
    private const string Experiment = $"/Users/{SampleServer.Trainer}/pcb";

    private readonly DossierClient _client = server.Client;

    // Where it says what it does.
    private readonly ProgressLine _line = new(TimeProvider.System);

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    /// <summary>Runs it.</summary>
    /// <param name="files">What to leave to look at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SampleOutcome> RunAsync(SampleFiles files, CancellationToken cancellationToken)
    {
        Title("Boards", "drawn from a seed: one design, photographed with and without damage");
        var boards = await GenerateAsync(cancellationToken);

        Title("Training", "a vision transformer from nothing, split by board, judged on boards it never saw");
        var training = await new TrainingJob(_client, JobOptions(boards)).RunAsync(new SampleProgress(_line), cancellationToken);
        await ShareAsync(training, cancellationToken);

        Title("Report", "everything recorded, as one document");
        var report = await ReportAsync(training, cancellationToken);
        await File.WriteAllTextAsync(files.Report, report, cancellationToken);
        _line.Say($"{training.ModelUri} is described in {files.Report}.");

        Title("Serving", $"models:/{ModelName}@{Alias} on ONNX Runtime, asked by MLflow's scoring protocol");
        var board = training.Splits.Test.First(picture => picture.Label == Damaged);
        var encoded = await board.ReadAsync(cancellationToken);
        await File.WriteAllBytesAsync(files.Board, encoded, cancellationToken);
        var prediction = await PredictAsync(encoded, cancellationToken);
        _line.Say($"{board.Name}, in truth {board.Label} ({board.Detail}): {prediction.Label}, {prediction.Score:0.000}.");

        await ExplainAsync(training, encoded, files.HeatMap, cancellationToken);
        _line.Say($"{files.Board} is that board, {files.HeatMap} what the model looked at.");
        return new(training, report, board, prediction);
    }

    private async Task<string> GenerateAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(scratch, "pcb");
        var boards = await BoardGenerator.GenerateAsync(folder, settings.BoardOptions, new CountProgress(_line, TimeProvider.System, "Drawing", "boards"), cancellationToken);
        _line.Say($"{boards.Normal} normal and {boards.Damaged} damaged: {string.Join(", ", boards.Defects.Select(defect => $"{defect.Key} {defect.Value}"))}.");
        return folder;
    }

    private TrainingJobOptions JobOptions(string boards) => new()
    {
        DataPath = boards,
        NewModel = settings.Model,
        Training = settings.Training(Path.Combine(scratch, "checkpoints")),
        Experiment = Experiment,
        RunName = "vit-from-scratch",
        Register = ModelName,
        Stage = ModelStage.Staging,
    };

    // Ann made the model, so she may: the people of quality decide on production, and may read how it came to be.
    private async Task ShareAsync(TrainingOutcome training, CancellationToken cancellationToken)
    {
        var model = await _client.RegisteredModels.GetDatabricksAsync(ModelName, cancellationToken);
        await _client.RegisteredModels.UpdateAsync(ModelName, "Finds damaged circuit boards in photographs.", cancellationToken);
        await _client.RegisteredModels.SetTagAsync(ModelName, "task", "image-classification", cancellationToken);
        await _client.Experiments.SetTagAsync(training.ExperimentId, "mlflow.note.content", "Which boards of the line are damaged?", cancellationToken);
        await _client.Experiments.SetTagAsync(training.ExperimentId, "product", "circuit boards", cancellationToken);
        await _client.RegisteredModels.SetAliasAsync(ModelName, Alias, training.Version!.Version, cancellationToken);
        await _client.Permissions.UpdateAsync($"registered-models/{model.Id}", [Grant("CAN_MANAGE_PRODUCTION_VERSIONS")], cancellationToken);
        await _client.Permissions.UpdateAsync($"experiments/{training.ExperimentId}", [Grant("CAN_READ")], cancellationToken);

        static AccessControlRequest Grant(string level) => new() { GroupName = SampleServer.Quality, PermissionLevel = level };
    }

    private async Task<string> ReportAsync(TrainingOutcome training, CancellationToken cancellationToken)
    {
        var collector = new RecordCollector(_client.Records, TimeProvider.System, new CollectOptions { Permissions = true });
        var data = await collector.CollectAsync(ModelUri.Parse(training.ModelUri), cancellationToken);
        return ReportRenderer.ToMarkdown(data, new LayoutOptions { ShowInputs = true });
    }

    private async Task<Prediction> PredictAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        var options = new ScoringServerOptions { ModelUri = $"models:/{ModelName}@{Alias}", Tracking = _client.Options, Port = 0 };
        await using var scoring = await ScoringServer.StartAsync(options, cancellationToken: cancellationToken);
        return await Prediction.AskAsync(scoring.Url, picture, cancellationToken);
    }

    private async Task ExplainAsync(TrainingOutcome training, ReadOnlyMemory<byte> encoded, string file, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(scratch, "model");
        await _client.Artifacts.DownloadFolderAsync(new ArtifactLocation.InRun(training.RunId, "model"), folder, cancellationToken: cancellationToken);
        using var classifier = PictureClassifier.Open(folder);
        var picture = PictureDecoder.Decode(encoded);
        var map = Occlusion.Explain(classifier, picture, Damaged, cancellationToken: cancellationToken);
        await File.WriteAllBytesAsync(file, PictureEncoder.Png(map.Over(picture)), cancellationToken);
    }

    private void Title(string what, string how)
    {
        _line.Say("");
        _line.Say($"{what}: {how}");
    }
}

/// <summary>What the sample did.</summary>
/// <param name="Training">The training.</param>
/// <param name="Report">The report's text.</param>
/// <param name="Board">The board that was asked about.</param>
/// <param name="Prediction">The answer.</param>
internal sealed record SampleOutcome(TrainingOutcome Training, string Report, Picture Board, Prediction Prediction);
