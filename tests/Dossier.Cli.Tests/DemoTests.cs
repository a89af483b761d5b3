using Dossier.Testing;

namespace Dossier.Cli.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demos_report_is_the_seed_but_for_ids_times_links_and_sizes()
    {
        var report = (await Cli.RunAsync("demo")).Good().Output;

        var seed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "fixtures", "pcb-model-report.md"));
        DemoDifferences.AssertNoOthers(seed, report);
    }

    [Fact]
    public async Task The_demo_says_what_it_does_and_leaves_nothing_behind()
    {
        using var temporary = new TemporaryFolder();

        var demo = (await Cli.RunAsync([("TMPDIR", temporary.Path)], "demo")).Good();

        Assert.All(["http://127.0.0.1:", "177", "Staging"], said => Assert.Contains(said, demo.Errors, StringComparison.Ordinal));
        Assert.Contains("dossier server", demo.Errors[demo.Errors.IndexOf("Where to look next", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    [Fact]
    public async Task With_keep_the_demos_server_runs_until_Ctrl_C()
    {
        using var temporary = new TemporaryFolder();
        await using var demo = await RunningProgram.StartAsync("list artifacts", [("TMPDIR", temporary.Path)], "demo", "--keep");

        var strangers = (await Cli.RunAsync("list", "models", "--tracking-uri", demo.Url)).Failed(1);
        var models = (await Cli.RunAsync([("MLFLOW_TRACKING_TOKEN", demo.Tokens[0])], "list", "models", "--tracking-uri", demo.Url)).Good();
        await CommandProcess.InterruptAsync(demo.Process);
        var ended = (await demo.EndAsync()).Good();

        Assert.Contains("MLFLOW_TRACKING_TOKEN", strangers.Errors, StringComparison.Ordinal);
        Assert.Contains(DemoServer.Model, models.Output, StringComparison.Ordinal);
        Assert.StartsWith("\nMLflow Model:", ended.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }
}
