using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

/// <summary>A program that serves until it is told to stop; killed if the test forgets.</summary>
internal sealed partial class RunningProgram : IAsyncDisposable
{
    private readonly StringBuilder _errors = new();

    private RunningProgram(Process process) => Process = process;

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>Where it serves.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The tokens that it showed, in order.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>Starts the program and waits until it says that it is ready.</summary>
    /// <param name="readyMark">Words on standard error, of one line or more, that say so.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<RunningProgram> StartAsync(string readyMark, (string Name, string? Value)[] environment, params string[] arguments)
    {
        var running = new RunningProgram(Cli.Start(environment, arguments));
        while (await running.Process.StandardError.ReadLineAsync() is { } line)
        {
            running._errors.Append(line).Append('\n');
            if (Address().Match(line) is { Success: true } found)
            {
                running.Url = found.Value;
            }

            if (ShownToken().Match(line) is { Success: true } shown)
            {
                running.Tokens.Add(shown.Groups["token"].Value);
            }

            if (running._errors.ToString().Contains(readyMark, StringComparison.Ordinal))
            {
                return running;
            }
        }

        throw new InvalidOperationException($"The program ended before it was ready:\n{running._errors}");
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Ended> EndAsync()
    {
        var ended = await CommandProcess.EndAsync(Process);
        return ended with { Errors = _errors + ended.Errors };
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex("MLFLOW_TRACKING_TOKEN=(?<token>dossier_[A-Za-z0-9_-]+)")]
    private static partial Regex ShownToken();
}
