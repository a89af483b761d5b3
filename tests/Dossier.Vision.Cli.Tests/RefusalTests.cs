using System.Text.Json.Nodes;
using Dossier.Testing;

namespace Dossier.Vision.Cli.Tests;

/// <summary>What is wrong is told in a line, before anything is logged.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private static readonly string TinyVit = Path.Combine(RepositoryRoot.Path, "tests/Dossier.Vision.Tests/Fixtures/Model/tiny-vit");

    private readonly TemporaryFolder _folder = new();
    private LocalServer _server = null!;

    [Fact]
    public async Task A_truncated_checkpoint_is_refused()
    {
        var checkpoint = Checkpoint();
        var weights = Path.Combine(checkpoint, "model.safetensors");
        var bytes = await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(weights, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        await RefusedAsync("model.safetensors", "train", "--data", await BoardsAsync(), "--base", checkpoint);
    }

    [Fact]
    public async Task A_checkpoint_of_other_shapes_is_refused()
    {
        var checkpoint = Checkpoint();
        var file = Path.Combine(checkpoint, "config.json");
        var config = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        config["intermediate_size"] = config["intermediate_size"]!.GetValue<int>() * 2;
        await File.WriteAllTextAsync(file, config.ToJsonString(), TestContext.Current.CancellationToken);

        await RefusedAsync("intermediate", "train", "--data", await BoardsAsync(), "--base", checkpoint);
    }

    [Fact]
    public async Task A_pickle_that_tries_to_run_something_is_refused_and_runs_nothing()
    {
        var checkpoint = Checkpoint();
        var mark = _folder.Combine("it-ran");
        File.Delete(Path.Combine(checkpoint, "model.safetensors"));
        await File.WriteAllBytesAsync(Path.Combine(checkpoint, "pytorch_model.bin"), HostileFiles.RunningCheckpoint($"touch {mark}"), TestContext.Current.CancellationToken);

        await RefusedAsync("system", "train", "--data", await BoardsAsync(), "--base", checkpoint);

        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task A_picture_that_says_to_be_of_50_000_x_50_000_pixels_is_refused()
    {
        var bomb = _folder.Combine("bomb.png");
        await File.WriteAllBytesAsync(bomb, HostileFiles.PngHeader(50_000, 50_000), TestContext.Current.CancellationToken);

        await RefusedAsync("50", "explain", "--model-uri", "models:/any/1", bomb, "--output", _folder.Combine("heat.png"));
    }

    [Fact]
    public async Task A_data_set_that_is_not_there_is_named() =>
        await RefusedAsync("nowhere", "train", "--data", _folder.Combine("nowhere"));

    public async ValueTask InitializeAsync() => _server = await LocalServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RefusedAsync(string named, params string[] arguments)
    {
        var ended = (await VisionCommand.RunAsync(_server.Url, arguments)).Failed(1);

        var error = ended.Errors.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("dossier-vision: ", error, StringComparison.Ordinal);
        Assert.True(error.Contains(named, StringComparison.OrdinalIgnoreCase), error);
        Assert.DoesNotContain("should not happen", ended.Errors, StringComparison.Ordinal);
        Assert.Empty(await _server.RunsAsync());
    }

    private Task<string> BoardsAsync() => Boards.GenerateAsync(_folder.Combine("boards"));

    private string Checkpoint()
    {
        var checkpoint = Directory.CreateDirectory(_folder.Combine("checkpoint")).FullName;
        foreach (var name in (string[])["config.json", "model.safetensors"])
        {
            File.Copy(Path.Combine(TinyVit, name), Path.Combine(checkpoint, name));
        }

        return checkpoint;
    }
}
