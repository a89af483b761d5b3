using Dossier.Client;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Testing;
using Dossier.Vision.Data;
using Dossier.Vision.Judging;
using Dossier.Vision.Recording;
using Dossier.Vision.Training;

namespace Dossier.Vision.Tests.Recording;

// Inside, where it comes before the namespace Dossier.Vision.Boards.
using Boards = Dossier.Vision.Tests.Training.Boards;

/// <summary>Tests that share a server and its training.</summary>
[CollectionDefinition(nameof(Trainings))]
public sealed class SharedTrainings : ICollectionFixture<Trainings>;

/// <summary>A Dossier server in this process, a client of it, and one small training recorded from beginning to end.</summary>
public sealed class Trainings : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SentMetrics _sent = new();
    private DossierServer? _server;
    private DossierClient? _client;

    public DossierClient Client => _client!;

    public string RunId { get; private set; } = "";

    public Run Run { get; private set; } = new();

    public ModelVersion Version { get; private set; } = new();

    public Promotion Promotion { get; private set; } = new(new(), false, "");

    public Judgement Judgement { get; private set; } = null!;

    /// <summary>The metrics as they were sent, of the training.</summary>
    public IEnumerable<Metric> Sent => _sent.All.Where(sent => sent.Run == RunId).Select(sent => sent.Metric);

    public Splits Splits { get; } = SplitsOf(Boards.Pictures(72, seed: 3));

    public async ValueTask InitializeAsync()
    {
        _server = await DossierServer.StartAsync(new()
        {
            Port = 0,
            BackendStore = "sqlite:///" + _folder.Combine("dossier.db"),
            ArtifactRoot = _folder.Combine("artifacts"),
        });
        _client = new(new(_server.Url) { MaxRetries = 1 }, _sent);
        await TrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _sent.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    public static LeakageReport NoLeak { get; } = new() { Pairs = [], ValidationInTrain = 0, TestInOthers = 0, Finding = null };

    public static Splits SplitsOf(IReadOnlyList<Picture> pictures) => new(
        new()
        {
            Name = "boards",
            Source = "/data/boards",
            Format = "folder",
            Classes = Boards.Classes,
            Pictures = pictures,
            Skipped = [new("broken.png", "cut off")],
            Digest = "0123456789abcdef",
        },
        [.. pictures.Take(pictures.Count / 2)],
        [.. pictures.Skip(pictures.Count / 2).Take(pictures.Count / 4)],
        [.. pictures.Skip(pictures.Count / 2).Skip(pictures.Count / 4)],
        SplitMethod.Source);

    private async Task TrainAsync()
    {
        var arguments = Boards.Arguments(_folder.Combine("checkpoints"));
        using var model = Boards.Model();
        var trainer = new Trainer(model, Boards.Processor, arguments);
        await using (var record = await TrainingRecord.StartAsync(Client, new() { Experiment = "pcb", RunName = "first", Tags = [new("team", "vision")] }))
        {
            RunId = record.RunId;
            record.LogParams(model.Config, Boards.Processor, arguments);
            await record.LogDataAsync(Splits, NoLeak);
            var result = await trainer.TrainAsync(Splits.Train, Splits.Validation, record.Progress);
            await record.LogTrainingAsync(result);
            Judgement = await record.LogJudgementAsync(await trainer.PredictAsync(Splits.Validation), await trainer.PredictAsync(Splits.Test));
            await record.LogModelAsync(model.Config, model.GetWeights(), Boards.Processor, result.BestCheckpoint);
            Version = await record.RegisterAsync("pcb-vit");
            Promotion = await record.PromoteAsync(Version, ModelStage.Staging);
            record.Complete();
        }

        Run = await Client.Runs.GetAsync(RunId);
    }

    /// <summary>Records a training whose model gets so many test pictures right, up to where the caller stops it.</summary>
    public async Task<TrainingRecord> RecordAsync(int right, string experiment, Splits? splits = null, LeakageReport? leakage = null, CancellationToken stop = default)
    {
        splits ??= Splits;
        var record = await TrainingRecord.StartAsync(Client, new() { Experiment = experiment }, stop);
        using var model = Boards.Model();
        record.LogParams(model.Config, Boards.Processor, Boards.Arguments("out"));
        await record.LogDataAsync(splits, leakage ?? NoLeak, stop);
        await record.LogJudgementAsync(Answers(splits.Validation, right), Answers(splits.Test, right), stop);
        await record.LogModelAsync(model.Config, model.GetWeights(), Boards.Processor, null, stop);
        return record;
    }

    /// <summary>Predictions of which the first are right and the others wrong.</summary>
    public static Predictions Answers(IReadOnlyList<Picture> pictures, int right)
    {
        var targets = pictures.Select(picture => picture.Label == "damaged" ? 1 : 0).ToArray();
        return new(Boards.Classes, pictures, targets, [.. targets.SelectMany((target, at) => (target == 1) == (at < right) ? new[] { 0f, 1f + (at / 100f) } : [1f + (at / 100f), 0f])]);
    }
}
