using System.Text.Json;
using Dossier.Vision.Data;
using Dossier.Vision.Model;
using Dossier.Vision.Training;

namespace Dossier.Vision.Tests.Training;

/// <summary>Alone: dropout draws from torch's one generator, which tests beside this one would draw from too.</summary>
[CollectionDefinition(nameof(TorchGenerator), DisableParallelization = true)]
public sealed class TorchGenerator;

[Collection(nameof(TorchGenerator))]
public sealed class TrainerTests : IDisposable
{
    private readonly string _folder = Boards.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_learns_what_it_is_shown_and_tells_how()
    {
        var told = new Told();
        var arguments = Boards.Arguments(_folder) with { NumTrainEpochs = 8, LearningRate = 5e-3 };
        var trainer = new Trainer(Boards.Model(), Boards.Processor, arguments);
        var result = await trainer.TrainAsync(Boards.Pictures(32), Boards.Pictures(16, seed: 2), told);

        Assert.Equal(1, result.BestMetric);
        Assert.Equal(32, result.GlobalStep);
        Assert.False(result.StoppedEarly);
        Assert.Equal(new TrainingStarted(32, 0, 32, 4), told.Events[0]);
        Assert.Equal(Enumerable.Range(1, 32).Select(step => (long)step), told.Events.OfType<StepDone>().Select(step => step.Step));
        Assert.Equal(told.Losses.Average(), result.TrainingLoss, 1e-12);
        Assert.Equal(8, told.Events.OfType<CheckpointSaved>().Count());

        var logged = told.Events.OfType<MetricsLogged>().ToList();
        Assert.Equal(["epoch", "learning_rate", "loss"], logged[0].Values.Keys.Order());
        Assert.Equal((3, 0.75), (logged[0].Step, logged[0].Values["epoch"]));
        Assert.Equal(told.Losses.Take(3).Average(), logged[0].Values["loss"], 1e-12);
        var evaluated = logged.First(metrics => metrics.Values.ContainsKey("eval_f1"));
        Assert.Equal(4, evaluated.Step);
        Assert.Superset(new HashSet<string> { "eval_loss", "eval_f1", "eval_accuracy", "eval_runtime", "eval_samples_per_second", "eval_steps_per_second", "epoch" }, evaluated.Values.Keys.ToHashSet());
        Assert.Equal(["epoch", "total_flos", "train_loss", "train_runtime", "train_samples_per_second", "train_steps_per_second"], logged[^1].Values.Keys.Order());
        Assert.Equal(logged[^1].Values, result.Metrics);
        Assert.Equal(6.0 * Parameters(trainer.Model) * 3 * 16 * 16 * 32 * 8, result.Metrics["total_flos"]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_numbers_whatever_the_threads()
    {
        var first = await TrainAsync("first", arguments => arguments with { DataloaderNumWorkers = 1 });
        var second = await TrainAsync("second", arguments => arguments with { DataloaderNumWorkers = 5 });
        var other = await TrainAsync("other", arguments => arguments with { Seed = 7 });
        Assert.Equal(first.Losses, second.Losses);
        AssertSame(first.Model, second.Model);
        Assert.NotEqual(first.Losses, other.Losses);
    }

    [Fact]
    public async Task A_training_that_goes_on_from_a_checkpoint_ends_with_the_same_numbers()
    {
        var whole = await TrainAsync("whole");
        var checkpoint = Path.Combine(_folder, "whole", "checkpoint-8");
        var resumed = await TrainAsync("resumed", arguments => arguments with { ResumeFromCheckpoint = checkpoint }, Boards.Model(seed: 99));
        Assert.Equal(new TrainingStarted(30, 8, 12, 4), resumed.Told.Events[0]);
        Assert.Equal(whole.Losses.Skip(8), resumed.Losses);
        AssertSame(whole.Model, resumed.Model);
        Assert.Equal(whole.Result.TrainingLoss, resumed.Result.TrainingLoss);
        Assert.Equal((whole.Result.BestMetric, whole.Result.Metrics["total_flos"]), (resumed.Result.BestMetric, resumed.Result.Metrics["total_flos"]));
        Assert.Equal(
            whole.Told.Events.OfType<MetricsLogged>().Where(logged => logged.Step > 8 && logged.Values.ContainsKey("loss")).Select(logged => logged.Values),
            resumed.Told.Events.OfType<MetricsLogged>().Where(logged => logged.Values.ContainsKey("loss")).Select(logged => logged.Values));
    }

    [Fact]
    public async Task A_training_that_was_ended_within_an_epoch_goes_on_there()
    {
        var whole = await TrainAsync("whole", arguments => arguments with { LrSchedulerType = LrSchedulerType.Constant });
        var part = await TrainAsync("part", arguments => arguments with { LrSchedulerType = LrSchedulerType.Constant, MaxSteps = 6 });
        var resumed = await TrainAsync("part", arguments => arguments with { LrSchedulerType = LrSchedulerType.Constant, ResumeFromCheckpoint = "True" });
        Assert.Equal(whole.Losses, part.Losses.Concat(resumed.Losses));
    }

    [Fact]
    public async Task Dropout_goes_on_with_the_same_chance()
    {
        var config = Boards.Config with { HiddenDropoutProb = 0.3 };
        var whole = await TrainAsync("whole", model: Boards.Model(config: config));
        var resumed = await TrainAsync("resumed", arguments => arguments with { ResumeFromCheckpoint = Path.Combine(_folder, "whole", "checkpoint-4") }, Boards.Model(seed: 9, config));
        Assert.Equal(whole.Losses.Skip(4), resumed.Losses);
        AssertSame(whole.Model, resumed.Model);
    }

    [Fact]
    public async Task A_checkpoint_is_a_model_that_transformers_loads_with_the_state_of_the_training()
    {
        await TrainAsync("out");
        var folder = Path.Combine(_folder, "out", "checkpoint-4");
        Assert.Equal(
            ["config.json", "model.safetensors", "optimizer.safetensors", "preprocessor_config.json", "trainer_state.json"],
            Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var state = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "trainer_state.json")));
        Assert.Equal((4, 12, 1), (
            state.RootElement.GetProperty("global_step").GetInt32(), state.RootElement.GetProperty("max_steps").GetInt32(), state.RootElement.GetProperty("epoch").GetDouble()));
        Assert.Equal(folder, state.RootElement.GetProperty("best_model_checkpoint").GetString());
        Assert.Equal(3, state.RootElement.GetProperty("log_history")[0].GetProperty("step").GetInt32());
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("trainer_state.json")]
    public async Task A_checkpoint_that_is_cut_off_changes_nothing(string file)
    {
        await TrainAsync("out");
        var path = Path.Combine(_folder, "out", "checkpoint-12", file);
        using (var stream = File.OpenWrite(path))
        {
            stream.SetLength(stream.Length * 2 / 3);
        }
        var model = Boards.Model(seed: 5);
        var error = await Assert.ThrowsAsync<VisionException>(() => TrainAsync("out", arguments => arguments with { ResumeFromCheckpoint = "True" }, model));
        Assert.Contains("checkpoint-12 cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        AssertSame(Boards.Model(seed: 5), model);
    }

    [Fact]
    public async Task A_checkpoint_of_another_training_is_refused()
    {
        await TrainAsync("out");
        var error = await Assert.ThrowsAsync<VisionException>(() => TrainAsync("out", arguments => arguments with { ResumeFromCheckpoint = "True", PerDeviceTrainBatchSize = 4 }));
        Assert.Contains("30 training pictures and 4 steps per epoch, here are 30 and 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_of_an_earlier_training_are_not_overwritten_unasked()
    {
        await TrainAsync("out");
        var error = await Assert.ThrowsAsync<VisionException>(() => TrainAsync("out"));
        Assert.Contains("checkpoint-12", error.Message, StringComparison.Ordinal);
        await TrainAsync("out", arguments => arguments with { OverwriteOutputDir = true, NumTrainEpochs = 1 });
        Assert.Equal(["checkpoint-4"], Checkpoints("out"));
    }

    [Fact]
    public async Task A_limit_keeps_the_newest_and_the_best()
    {
        // Validation whose labels are swapped: the more is learnt the worse it gets, so the first epoch stays the best.
        var swapped = Boards.Pictures(16, seed: 2).Select(picture => picture with { Label = picture.Label == "normal" ? "damaged" : "normal" }).ToList();
        var run = await TrainAsync("out", arguments => arguments with { SaveTotalLimit = 2, NumTrainEpochs = 5, MetricForBestModel = "loss" }, validation: swapped);
        Assert.Equal(["checkpoint-20", "checkpoint-4"], Checkpoints("out"));
        Assert.EndsWith("checkpoint-4", run.Result.BestCheckpoint, StringComparison.Ordinal);
        Assert.Equal([true, false, false, false, false], run.Told.Events.OfType<CheckpointSaved>().Select(saved => saved.IsBest));
        AssertSame(ViTForImageClassification.Load(run.Result.BestCheckpoint!), run.Model);
    }

    [Fact]
    public async Task Training_ends_when_it_does_not_get_better()
    {
        var swapped = Boards.Pictures(16, seed: 2).Select(picture => picture with { Label = picture.Label == "normal" ? "damaged" : "normal" }).ToList();
        var run = await TrainAsync("out", arguments => arguments with { NumTrainEpochs = 9, MetricForBestModel = "loss", EarlyStoppingPatience = 2 }, validation: swapped);
        Assert.True(run.Result.StoppedEarly);
        Assert.Equal(12, run.Result.GlobalStep);
        var again = await TrainAsync("out", arguments => arguments with { NumTrainEpochs = 9, MetricForBestModel = "loss", EarlyStoppingPatience = 2, ResumeFromCheckpoint = "True" }, validation: swapped);
        Assert.Equal((12, true), (again.Result.GlobalStep, again.Result.StoppedEarly));
        AssertSame(run.Model, again.Model);
    }

    [Fact]
    public async Task A_corrupt_picture_is_named()
    {
        var pictures = Boards.Pictures(16).ToList();
        pictures[5] = Boards.Picture("line/broken.png", "damaged", 16, 16, [1, 2, 3]);
        var error = await Assert.ThrowsAsync<VisionException>(() => new Trainer(Boards.Model(), Boards.Processor, Boards.Arguments(_folder)).TrainAsync(pictures, pictures));
        Assert.StartsWith("line/broken.png: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_that_the_model_does_not_know_is_named()
    {
        var pictures = Boards.Pictures(15).Append(Boards.Pictures(1)[0] with { Name = "odd.png", Label = "scorched" }).ToList();
        var error = await Assert.ThrowsAsync<VisionException>(() => new Trainer(Boards.Model(), Boards.Processor, Boards.Arguments(_folder)).TrainAsync(pictures, pictures));
        Assert.Equal("odd.png is labelled scorched, which is not among the model's classes: normal, damaged.", error.Message);
    }

    [Fact]
    public async Task A_training_that_diverges_ends_with_advice()
    {
        var error = await Assert.ThrowsAsync<VisionException>(() => TrainAsync("out", arguments => arguments with { LearningRate = 1e30, MaxGradNorm = 0, WarmupRatio = 0 }));
        Assert.Contains("learning_rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bf16_without_a_GPU_is_refused()
    {
        var error = await Assert.ThrowsAsync<VisionException>(() => TrainAsync("out", arguments => arguments with { Bf16 = true }));
        Assert.Contains("bf16 needs a GPU", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_tensor_is_left_behind_by_a_step()
    {
        List<long> alive = [];
        var progress = new Relay(happened =>
        {
            if (happened is StepDone)
            {
                alive.Add(TorchSharp.DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
            }
        });
        await new Trainer(Boards.Model(), Boards.Processor, Boards.Arguments(_folder) with { SaveStrategy = IntervalStrategy.Epoch, NumTrainEpochs = 6 })
            .TrainAsync(Boards.Pictures(30), Boards.Pictures(16, 2), progress);
        Assert.Equal(24, alive.Count);
        // Twenty steps, evaluations and checkpoints later there are as many as before.
        Assert.Equal(alive[2], alive[^1]);
    }

    [Fact]
    public async Task A_measure_that_is_no_number_is_not_taken_for_the_best()
    {
        var normal = Boards.Pictures(16, seed: 2).Where(picture => picture.Label == "normal").ToList();
        var error = await Assert.ThrowsAsync<VisionException>(() => TrainAsync("out", arguments => arguments with { ClassWeights = [0, 1], MetricForBestModel = "loss" }, validation: normal));
        Assert.StartsWith("eval_loss is NaN after step 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told();
        var progress = new Relay(happened =>
        {
            told.Report(happened);
            if (happened is StepDone { Step: 5 })
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new Trainer(Boards.Model(), Boards.Processor, Boards.Arguments(Path.Combine(_folder, "out"))).TrainAsync(Boards.Pictures(30), Boards.Pictures(16, 2), progress, stop.Token));
        Assert.Equal(5, told.Losses.Count());
        Assert.Equal(["checkpoint-4"], Checkpoints("out"));
    }

    private async Task<Ran> TrainAsync(
        string name, Func<TrainingArguments, TrainingArguments>? change = null, ViTForImageClassification? model = null, IReadOnlyList<Picture>? validation = null)
    {
        var arguments = Boards.Arguments(Path.Combine(_folder, name));
        var told = new Told();
        var trainer = new Trainer(model ?? Boards.Model(), Boards.Processor, change?.Invoke(arguments) ?? arguments);
        var result = await trainer.TrainAsync(Boards.Pictures(30), validation ?? Boards.Pictures(16, seed: 2), told);
        return new Ran(trainer.Model, result, told);
    }

    private List<string?> Checkpoints(string name) => [.. Directory.EnumerateDirectories(Path.Combine(_folder, name)).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private static long Parameters(ViTForImageClassification model) => model.GetWeights().Values.Sum(weight => (long)weight.Values.Length);

    private static void AssertSame(ViTForImageClassification expected, ViTForImageClassification actual)
    {
        var weights = actual.GetWeights();
        Assert.All(expected.GetWeights(), pair => Assert.Equal(pair.Value.Values.ToArray(), weights[pair.Key].Values.ToArray()));
    }

    private sealed record Ran(ViTForImageClassification Model, TrainingResult Result, Told Told)
    {
        public IEnumerable<double> Losses => Told.Losses;
    }

    private sealed class Relay(Action<TrainingEvent> tell) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) => tell(value);
    }
}
