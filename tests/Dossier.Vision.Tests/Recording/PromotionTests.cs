using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Data;
using Dossier.Vision.Recording;

namespace Dossier.Vision.Tests.Recording;

// Inside, where it comes before the namespace Dossier.Vision.Boards.
using Boards = Dossier.Vision.Tests.Training.Boards;

/// <summary>When a version takes a stage, and how trainings end that go wrong.</summary>
/// <param name="trainings">The server.</param>
[Collection(nameof(Trainings))]
public sealed class PromotionTests(Trainings trainings)
{
    private static readonly LeakageReport Leak = new() { Pairs = [], ValidationInTrain = 3, TestInOthers = 4, Finding = "4 test pictures stand in training." };

    [Fact]
    public async Task A_version_takes_the_stage_only_from_one_that_it_is_not_worse_than_on_the_same_pictures()
    {
        const string name = "promoted";
        var first = await RegisterAsync(name, right: 12);
        Assert.True(first.Promoted);
        Assert.Equal("No version was in Staging.", first.Why);

        var worse = await RegisterAsync(name, right: 9);
        Assert.False(worse.Promoted);
        Assert.Contains("Version 1 stays in Staging: on the same test pictures", worse.Why);
        Assert.Equal(ModelStage.None, (await trainings.Client.ModelVersions.GetAsync(name, "2")).CurrentStage);

        Assert.True((await RegisterAsync(name, right: 12)).Promoted);
        Assert.Equal(ModelStage.Archived, (await trainings.Client.ModelVersions.GetAsync(name, "1")).CurrentStage);

        var others = await RegisterAsync(name, right: 18, Trainings.SplitsOf(Boards.Pictures(72, seed: 9)));
        Assert.False(others.Promoted);
        Assert.Contains("cannot be compared", others.Why);

        var leaked = await RegisterAsync(name, right: 18, leakage: Leak);
        Assert.False(leaked.Promoted);
        Assert.Contains("leaked", leaked.Why);

        Assert.True((await RegisterAsync(name, right: 18)).Promoted);
        Assert.Equal(ModelStage.Staging, (await trainings.Client.ModelVersions.GetAsync(name, "6")).CurrentStage);
    }

    [Fact]
    public async Task A_leak_is_a_finding_of_run_and_version()
    {
        await using var record = await trainings.RecordAsync(10, "leaks", leakage: Leak);
        var version = await record.RegisterAsync("leaky");
        record.Complete();
        Assert.Contains(version.Tags!, tag => tag is { Key: "dossier.finding.leakage", Value: "4 test pictures stand in training." });
        Assert.Contains("- 4 test pictures stand in training.", version.Description);
        Assert.Contains((await trainings.Client.Runs.GetAsync(record.RunId)).Data.Tags!, tag => tag.Key == "dossier.finding.leakage");
    }

    [Fact]
    public async Task More_than_two_classes_are_recorded_by_their_means_and_without_a_threshold()
    {
        string[] classes = ["good", "bent|pin", "melt"];
        Picture[] pictures = [.. Boards.Pictures(24).Select((picture, at) => picture with { Label = classes[at % 3] })];
        var splits = Trainings.SplitsOf(pictures);
        splits = splits with { Set = splits.Set with { Classes = classes } };
        Vision.Judging.Predictions Answers(IReadOnlyList<Picture> part) =>
            new(classes, part, [.. part.Select(picture => Array.IndexOf(classes, picture.Label))], [.. part.SelectMany((_, at) => new[] { at % 2, 0.5f, at % 3 })]);

        await using var record = await TrainingRecord.StartAsync(trainings.Client, new() { Experiment = "three" });
        using var model = Boards.Model(config: Boards.Config with { Labels = classes });
        await record.LogDataAsync(splits, Trainings.NoLeak);
        Assert.Null((await record.LogJudgementAsync(Answers(splits.Validation), Answers(splits.Test))).Threshold);
        await record.LogModelAsync(model.Config, model.GetWeights(), Boards.Processor, null);
        var version = await record.RegisterAsync("three-classes");
        record.Complete();
        Assert.Contains("| part | pictures | good | bent/pin | melt |", version.Description);
        Assert.Contains("means over the classes", version.Description);
        Assert.DoesNotContain(version.Tags!, tag => tag.Key == "dossier.threshold");
    }

    [Fact]
    public async Task Mistakes_are_there_to_look_at()
    {
        await using var record = await trainings.RecordAsync(3, "mistakes");
        record.Complete();
        var files = await trainings.Client.Artifacts.ListAsync(new ArtifactLocation.InRun(record.RunId, "mistakes")).Select(file => file.Path).ToListAsync();
        Assert.Equal(13, files.Count);
        Assert.Contains("sheet.svg", files);
        Assert.Contains("01_true-damaged_said-normal_0.76.png", files);
    }

    [Fact]
    public async Task A_training_that_fails_ends_as_failed_and_one_that_is_stopped_as_killed()
    {
        var failed = "";
        await Assert.ThrowsAsync<VisionException>(async () =>
        {
            await using var record = await TrainingRecord.StartAsync(trainings.Client, new() { Experiment = "failing" });
            failed = record.RunId;
            record.Progress.Report(new Vision.Training.MetricsLogged(3, new Dictionary<string, double> { ["loss"] = 0.5 }));
            throw new VisionException("The loss is not a number.");
        });
        var run = await trainings.Client.Runs.GetAsync(failed);
        Assert.Equal(RunStatus.Failed, run.Info.Status);
        Assert.Contains(run.Data.Metrics!, metric => metric is { Key: "loss", Value: 0.5, Step: 3 });

        using var stop = new CancellationTokenSource();
        var record = await TrainingRecord.StartAsync(trainings.Client, new() { Experiment = "failing" }, stop.Token);
        await stop.CancelAsync();
        await record.DisposeAsync();
        Assert.Equal(RunStatus.Killed, (await trainings.Client.Runs.GetAsync(record.RunId)).Info.Status);
    }

    [Fact]
    public async Task Nothing_is_registered_when_a_part_of_the_record_is_lost()
    {
        string runId;
        await using (var record = await trainings.RecordAsync(10, "half"))
        {
            runId = record.RunId;
            // The server refuses a second value of a param.
            record.LogParams(Boards.Config with { HiddenSize = 64 }, Boards.Processor, Boards.Arguments("out"));
            var lost = await Assert.ThrowsAsync<RunLoggingException>(() => record.RegisterAsync("half-logged"));
            Assert.Contains("hidden_size", lost.Message);
        }

        Assert.Equal(RunStatus.Failed, (await trainings.Client.Runs.GetAsync(runId)).Info.Status);
        var missing = await Assert.ThrowsAsync<ProtocolException>(() => trainings.Client.RegisteredModels.GetAsync("half-logged"));
        Assert.Equal(ErrorCode.ResourceDoesNotExist, missing.ErrorCode);
    }

    [Fact]
    public async Task The_order_of_steps_is_told_to_who_skips_one()
    {
        await using var record = await TrainingRecord.StartAsync(trainings.Client, new() { Experiment = "order" });
        Assert.Contains("LogModelAsync first", (await Assert.ThrowsAsync<InvalidOperationException>(() => record.RegisterAsync("x"))).Message);
    }

    private async Task<Promotion> RegisterAsync(string name, int right, Splits? splits = null, LeakageReport? leakage = null)
    {
        await using var record = await trainings.RecordAsync(right, "promotions", splits, leakage);
        var promotion = await record.PromoteAsync(await record.RegisterAsync(name), ModelStage.Staging);
        record.Complete();
        return promotion;
    }
}
