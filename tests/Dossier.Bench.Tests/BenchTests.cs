using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dossier.Testing;

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
            ["access", "allocations", "artifacts", "batches", "disk", "history", "metrics", "registry", "runs", "search", "start"],
            rows.Select(row => row.GetProperty("scenario").GetString()!).Distinct().Order());
        Assert.All(rows, row => Assert.True(row.GetProperty("value").GetDouble() > 0, row.ToString()));
    }

    [Fact]
    public async Task Figures_that_are_worse_than_expected_are_named_and_end_it_with_1()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("expectations.json");
        string[] measure = ["--quick", "--only", "allocations", "--server", Server, "--expectations", file];
        var (renewed, _, trouble) = await RunAsync([.. measure, "--renew"]);
        Assert.True(renewed == 0, trouble);

        // Small sizes differ much from run to run: what is expected is loosened, but for one row that no server meets.
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsArray();
        Assert.All(expected, row => Assert.Equal("allocations", (string?)row!["scenario"]));
        Assert.Contains(expected, row => (string?)row!["what"] == "run get");
        foreach (var row in expected)
        {
            row!["most"] = (string?)row["what"] == "run get" ? 1 : 100 * (double)row["most"]!;
        }

        await File.WriteAllTextAsync(file, expected.ToJsonString(), TestContext.Current.CancellationToken);
        var (exit, output, errors) = await RunAsync([.. measure, "--check"]);
        Assert.Equal(1, exit);
        Assert.Contains("| run get ", output, StringComparison.Ordinal);
        var named = errors.Split('\n').Where(line => line.StartsWith("Not as expected: ", StringComparison.Ordinal));
        Assert.StartsWith("Not as expected: run get: is ", Assert.Single(named), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_dies_half_way_is_said_to_and_the_figures_of_both_are_printed_so_far()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Find();
        using var other = CommandProcess.Start(
            "dossier.dll", [], "server", "--port", $"{port}", "--backend-store", $"sqlite:///{folder.Combine("dossier.db")}", "--artifact-root", folder.Combine("artifacts"));
        while (await other.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } said && !said.Contains("Ctrl-C", StringComparison.Ordinal))
        {
        }

        using var bench = Start("--quick", "--only", "metrics,runs,registry", "--server", Server, "--against", $"http://127.0.0.1:{port}");
        var output = bench.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = new List<string>();
        while (await bench.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            errors.Add(line);
            if (line == $"runs on 127.0.0.1:{port} …")
            {
                other.Kill();
            }
        }

        await bench.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, bench.ExitCode);
        var rows = (await output).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()).ToList();
        Assert.Equal(["what", "A", "B", "B/A", "unit"], rows[0]);
        Assert.All(rows.Where(row => row[0].StartsWith("single metrics", StringComparison.Ordinal)), row => Assert.DoesNotContain("", row));
        var broken = Assert.Single(rows, row => row[2] == "broke off");
        Assert.StartsWith("run ", broken[0], StringComparison.Ordinal);
        Assert.NotEqual("", broken[1]);
        Assert.Contains(rows, row => row[0].StartsWith("registered model", StringComparison.Ordinal) && row[1].Length > 0 && row[2].Length == 0);
        Assert.Contains(errors, line => line.StartsWith($"runs broke off on 127.0.0.1:{port} at '{broken[0]}': ", StringComparison.Ordinal));
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
        using var bench = Start(arguments);
        var (output, errors) = (bench.StandardOutput.ReadToEndAsync(), bench.StandardError.ReadToEndAsync());
        await bench.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (bench.ExitCode, await output, await errors);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["Dossier.Bench.dll", .. arguments])
        {
            // The server's command is split at spaces, which this folder's path may have.
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CommandProcess.NoDiagnostics(start);
        return Process.Start(start)!;
    }
}
