using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Dossier.Testing;

/// <summary>One of our commands, <c>dotnet NAME.dll</c>, in a process of its own.</summary>
public static class CommandProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">The assembly's file name, beside the tests.</param>
    /// <param name="environment">Environment variables; a null value unsets one.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<Ended> RunAsync(string program, (string Name, string? Value)[] environment, params string[] arguments)
    {
        using var process = Start(program, environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts it; the caller waits and disposes.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static Process Start(string program, (string Name, string? Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };

        NoDiagnostics(start);

        // A developer's own settings must not lead a test to a developer's own server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MLFLOW_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Reads what is left of a process's output and waits for its end.</summary>
    public static async Task<Ended> EndAsync(Process process)
    {
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>Sends what Ctrl-C at a terminal sends.</summary>
    public static Task InterruptAsync(Process process) => SignalAsync("-INT", process);

    /// <summary>Sends SIGTERM.</summary>
    public static Task TerminateAsync(Process process) => SignalAsync("-TERM", process);

    /// <summary>Keeps .NET from making its diagnostics socket and pipes in the temporary folder, where those of a killed process stay.</summary>
    public static void NoDiagnostics(ProcessStartInfo start) => start.Environment["DOTNET_EnableDiagnostics"] = "0";

    private static async Task SignalAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"kill {signal} ended with {kill.ExitCode}.");
        }
    }
}

/// <summary>What a process wrote.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Bytes">Standard output.</param>
/// <param name="Errors">Standard error.</param>
public sealed record Ended(int ExitCode, byte[] Bytes, string Errors)
{
    /// <summary>Standard output as text.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>Checks that it succeeded, and returns it.</summary>
    public Ended Good() => Failed(0);

    /// <summary>Checks that it ended with this code, and returns it.</summary>
    public Ended Failed(int exitCode) =>
        ExitCode == exitCode ? this : throw new InvalidOperationException($"Exit code {ExitCode} instead of {exitCode}.\n{Errors}\n{Output}");
}
