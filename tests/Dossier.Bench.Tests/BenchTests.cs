using System.Diagnostics;
using System.Text.Json;

namespace Dossier.Bench.Tests;

/// <summary>
/// The bench as a user runs it. It compares every answer with what it wrote, so small sizes of it are also a test of the
/// server under concurrent load.
/// </summary>
public sealed class BenchTests
{
    private const string Server = "dotnet dossier.dll server --host 127.0.0.1 --port {port} --backend-store sqlite:///{folder}/dossier.db --artifact-root {folder}/artifacts";

    [Fact]
    public async Task The_bench_measures_every_scenario_and_finds_no_wrong_answer()
    {
        var (exit, output, errors) = await RunAsync("--quick", "--format", "json", "--server", Server);

        Assert.True(exit == 0, errors);
        var rows = JsonElement.Parse(output).GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            ["access", "artifacts", "batches", "disk", "history", "metrics", "registry", "runs", "search", "start"],
            rows.Select(row => row.GetProperty("scenario").GetString()!).Distinct().Order());
        Assert.All(rows, row => Assert.True(row.GetProperty("value").GetDouble() > 0, row.ToString()));
    }

    [Fact]
    public async Task The_bench_refuses_to_load_another_machine()
    {
        var (exit, output, errors) = await RunAsync("--url", "http://192.0.2.1:5000");

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("--allow-remote", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["Dossier.Bench.dll", .. arguments])
        {
            // The server's command is split at spaces, which this folder's path may have.
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bench = Process.Start(start)!;
        var (output, errors) = (bench.StandardOutput.ReadToEndAsync(), bench.StandardError.ReadToEndAsync());
        await bench.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (bench.ExitCode, await output, await errors);
    }
}
