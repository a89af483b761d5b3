using System.Globalization;
using System.Text.Json;
using Dossier.Protocol;
using Dossier.Testing;
using Dossier.Vision.Pictures;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Cli.Tests;

/// <summary>A model is trained by the real program on a real server, and used.</summary>
public sealed class TrainedModelTests(TrainedModelTests.Trained trained) : IClassFixture<TrainedModelTests.Trained>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_ends_with_a_finished_run_a_registered_version_in_its_stage_and_where_to_look()
    {
        var version = await trained.Server.Client.ModelVersions.GetAsync("boards", "1", Cancel);
        var run = await trained.Server.Client.Runs.GetAsync(version.RunId!, Cancel);

        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Equal("Staging", version.CurrentStage);
        Assert.Contains(run.Data.Params!, param => param is { Key: "learning_rate", Value: "0.001" });
        Assert.Contains(run.Data.Metrics!, metric => metric.Key == "test_f1");
        Assert.Contains($"run_id           {version.RunId}", trained.Training.Output, StringComparison.Ordinal);
        Assert.Contains("dossier report models:/boards/1 --tracking-uri http://127.0.0.1:", trained.Training.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_piped_holds_no_control_codes()
    {
        Assert.DoesNotContain('\u001b', trained.Training.Output + trained.Training.Errors);
        Assert.DoesNotContain('\r', trained.Training.Output + trained.Training.Errors);
    }

    [Fact]
    public async Task Predictions_have_a_row_for_each_picture_and_an_error_for_one_that_cannot_be_read()
    {
        var pictures = Directory.CreateDirectory(trained.Folder.Combine("pictures")).FullName;
        File.Copy(trained.Picture, Path.Combine(pictures, "a.jpg"));
        await File.WriteAllTextAsync(Path.Combine(pictures, "b.jpg"), "no picture", Cancel);
        await File.WriteAllBytesAsync(Path.Combine(pictures, "c.png"), HostileFiles.PngHeader(50_000, 50_000), Cancel);

        var csv = (await trained.RunAsync("predict", "--model-uri", "models:/boards/Staging", pictures)).Good();
        var json = (await trained.RunAsync("predict", "--model-uri", "models:/boards/1", pictures, "--format", "json")).Good();
        var file = trained.Folder.Combine("predictions.parquet");
        (await trained.RunAsync("predict", "--model-uri", "models:/boards/latest", pictures, "--output", file)).Good();

        var lines = csv.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("name,label,score,error", lines[0]);
        Assert.Matches(@"^a\.jpg,(normal|damaged),0\.\d+,$", lines[1]);
        Assert.StartsWith("b.jpg,,,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("c.png,,,", lines[3], StringComparison.Ordinal);
        var rows = json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(1, rows[0].GetProperty("scores").EnumerateObject().Sum(score => score.Value.GetDouble()), 1e-6);
        Assert.True(rows[1].TryGetProperty("error", out _));
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(file, Cancel))[..4]);
    }

    [Fact]
    public async Task A_table_of_pictures_is_predicted_without_labels_and_a_corrupt_row_has_an_error()
    {
        var table = trained.Folder.Combine("table.parquet");
        var (content, name) = (new DataField<byte[]>("content"), new DataField<string>("name"));
        await using (var file = File.Create(table))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(content, name), file, cancellationToken: Cancel))
        {
            foreach (var (picture, called) in new[] { (await File.ReadAllBytesAsync(trained.Picture, Cancel), "good"), ("no picture"u8.ToArray(), "bad") })
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(content, (byte[][])[picture]);
                await group.WriteAsync(name, (string[])[called]);
            }
        }

        var csv = (await trained.RunAsync("predict", "--model-uri", "models:/boards/1", table)).Good();

        var lines = csv.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^good,(normal|damaged),0\.\d+,$", lines[1]);
        Assert.Matches("^bad,,,.+", lines[2]);
        Assert.Contains("1 could not be read", csv.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_says_class_and_score_and_draws_a_heat_map_over_the_picture()
    {
        var heat = trained.Folder.Combine("heat.png");

        var text = (await trained.RunAsync("explain", "--model-uri", "models:/boards/1", trained.Picture, "--output", heat)).Good();

        Assert.Matches(@"(?m)^ +class +(normal|damaged)$", text.Output);
        Assert.Matches(@"(?m)^ +score +[01]\.\d{4}$", text.Output);
        var bytes = await File.ReadAllBytesAsync(heat, Cancel);
        Assert.Equal([0x89, .. "PNG"u8], bytes[..4]);
        var (before, after) = (PictureDecoder.Decode(await File.ReadAllBytesAsync(trained.Picture, Cancel)), PictureDecoder.Decode(bytes));
        Assert.Equal((before.Width, before.Height), (after.Width, after.Height));
        Assert.NotEqual(before.Pixels, after.Pixels);
    }

    [Fact]
    public async Task A_trained_checkpoint_is_fine_tuned_as_a_base()
    {
        var ended = (await trained.RunAsync(
            "train", "--data", trained.Boards, "--base", trained.Checkpoint, "--output-dir", trained.Folder.Combine("tuned"), "--learning-rate", "1e-3",
            "--num-train-epochs", "1", "--experiment", "tuned")).Good();

        Assert.Contains("2 layers, 2 heads, width 32, pictures of 32 × 32 in patches of 8.", ended.Errors, StringComparison.Ordinal);
        var run = await OnlyRunAsync("tuned");
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Contains(run.Data.Params!, param => param is { Key: "hidden_size", Value: "32" });
    }

    [Fact]
    public async Task A_training_goes_on_from_a_checkpoint()
    {
        // A constant rate: the first epoch of two is then the same as the only one.
        string[] arguments = [.. Trained.Arguments(trained.Boards, trained.Folder.Combine("resumed")), "--lr-scheduler-type", "constant", "--warmup-ratio", "0", "--experiment", "resumed"];
        (await trained.RunAsync([.. arguments, "--num-train-epochs", "1"])).Good();
        var checkpoint = Assert.Single(Directory.GetDirectories(trained.Folder.Combine("resumed"), "checkpoint-*"));

        var ended = (await trained.RunAsync([.. arguments, "--num-train-epochs", "2", "--resume-from-checkpoint", checkpoint])).Good();

        var step = int.Parse(Path.GetFileName(checkpoint)["checkpoint-".Length..], CultureInfo.InvariantCulture);
        Assert.Contains($"Training resumes at step {step} of {2 * step}.", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch 1,", ended.Errors, StringComparison.Ordinal);
        Assert.Contains($"Epoch 2, step {2 * step}:", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_evaluation_is_a_run_that_names_the_version()
    {
        var ended = (await trained.RunAsync("evaluate", "--model-uri", "models:/boards/Staging", "--data", trained.Boards, "--format", "json")).Good();

        var runId = JsonDocument.Parse(ended.Bytes).RootElement.GetProperty("run_id").GetString()!;
        var run = await trained.Server.Client.Runs.GetAsync(runId, Cancel);
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Contains(run.Data.Tags!, tag => tag is { Key: "dossier.evaluation.model_uri", Value: "models:/boards/1" });
        Assert.Contains(run.Data.Metrics!, metric => metric.Key == "eval_accuracy_ci95_low");
        Assert.Single(run.Inputs!.DatasetInputs!);
    }

    [Fact]
    public async Task Labels_that_the_model_does_not_know_are_refused_and_nothing_is_logged()
    {
        var data = Directory.CreateDirectory(trained.Folder.Combine("cats")).FullName;
        File.Copy(trained.Picture, Path.Combine(data, "cat.jpg"));
        await File.WriteAllTextAsync(Path.Combine(data, "labels.csv"), "image,label\ncat.jpg,cat\n", Cancel);

        var ended = (await trained.RunAsync("evaluate", "--model-uri", "models:/boards/1", "--data", data, "--experiment", "cats")).Failed(1);

        Assert.Contains("'cat'", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("normal, damaged", ended.Errors, StringComparison.Ordinal);
        Assert.Null(await trained.Server.Client.Experiments.FindByNameAsync("cats", Cancel));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_training_as_killed()
    {
        using var process = VisionCommand.Start(
            trained.Server.Url, [.. Trained.Arguments(trained.Boards, trained.Folder.Combine("stopped")), "--num-train-epochs", "100000", "--experiment", "stopped"]);
        while (await process.StandardError.ReadLineAsync(Cancel) is { } line && !line.StartsWith("Training:", StringComparison.Ordinal))
        {
        }

        await CommandProcess.InterruptAsync(process);
        (await CommandProcess.EndAsync(process)).Failed(130);

        Assert.Equal(RunStatus.Killed, (await OnlyRunAsync("stopped")).Info.Status);
    }

    private async Task<Run> OnlyRunAsync(string name)
    {
        var experiment = (await trained.Server.Client.Experiments.FindByNameAsync(name, Cancel))!;
        return Assert.Single(await trained.Server.Client.Runs.SearchAsync(new() { ExperimentIds = [experiment.ExperimentId] }, Cancel).ToListAsync(Cancel));
    }

    /// <summary>A server, boards, and a model trained on them for an epoch.</summary>
    public sealed class Trained : IAsyncLifetime
    {
        public TemporaryFolder Folder { get; } = new();

        public LocalServer Server { get; private set; } = null!;

        public string Boards => Folder.Combine("boards");

        public string Picture => Directory.GetFiles(Path.Combine(Boards, "Data", "Images", "Normal")).Order(StringComparer.Ordinal).First();

        public string Checkpoint => Directory.GetDirectories(Folder.Combine("checkpoints"), "checkpoint-*").Single();

        public Ended Training { get; private set; } = null!;

        public static string[] Arguments(string boards, string checkpoints) =>
        [
            "train", "--data", boards, "--output-dir", checkpoints, "--hidden-size", "32", "--layers", "2", "--heads", "2", "--image-size", "32", "--patch-size", "8",
            "--learning-rate", "1e-3",
        ];

        public Task<Ended> RunAsync(params string[] arguments) => VisionCommand.RunAsync(Server.Url, arguments);

        public async ValueTask InitializeAsync()
        {
            Server = await LocalServer.StartAsync();
            await Tests.Boards.GenerateAsync(Boards);
            Training = (await RunAsync([.. Arguments(Boards, Folder.Combine("checkpoints")), "--num-train-epochs", "1", "--register", "boards", "--stage", "Staging"])).Good();
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Folder.Dispose();
        }
    }
}
