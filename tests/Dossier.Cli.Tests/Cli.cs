using System.Diagnostics;
using System.Text;

namespace Dossier.Cli.Tests;

/// <summary>The real program, <c>dotnet dossier.dll</c>, in a process of its own.</summary>
internal static class Cli
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "dossier.dll");

    /// <summary>Runs it to its end.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs it to its end with these environment variables; a null value unsets one.</summary>
    public static async Task<Ended> RunAsync((string Name, string? Value)[] environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts it; the caller waits and disposes.</summary>
    public static Process Start((string Name, string? Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };

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
}

/// <summary>What a process said.</summary>
internal sealed record Ended(int ExitCode, byte[] Bytes, string Errors)
{
    /// <summary>Standard output as text.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>Checks that it went well, and gives it back.</summary>
    public Ended Good()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}.\n{Errors}\n{Output}");
        return this;
    }

    /// <summary>Checks that it failed with this code, and gives it back.</summary>
    public Ended Failed(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}.\n{Errors}\n{Output}");
        return this;
    }
}
