using System.Text.Json;
using Dossier.Protocol;
using Dossier.Testing;

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

        var experiment = (await trained.Server.Client.Experiments.FindByNameAsync("stopped", Cancel))!;
        var run = Assert.Single(await trained.Server.Client.Runs.SearchAsync(new() { ExperimentIds = [experiment.ExperimentId] }, Cancel).ToListAsync(Cancel));
        Assert.Equal(RunStatus.Killed, run.Info.Status);
    }

    /// <summary>A server, boards, and a model trained on them for an epoch.</summary>
    public sealed class Trained : IAsyncLifetime
    {
        public TemporaryFolder Folder { get; } = new();

        public LocalServer Server { get; private set; } = null!;

        public string Boards => Folder.Combine("boards");

        public string Picture => Directory.GetFiles(Path.Combine(Boards, "Data", "Images", "Normal")).Order(StringComparer.Ordinal).First();

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
