using System.Diagnostics;
using System.Globalization;

namespace Dossier.Cli.Tests;

/// <summary>Sends signals, as a terminal or the system does.</summary>
internal static class Signals
{
    /// <summary>Ctrl-C.</summary>
    public static Task InterruptAsync(Process process) => SendAsync("-INT", process);

    /// <summary>SIGTERM.</summary>
    public static Task TerminateAsync(Process process) => SendAsync("-TERM", process);

    private static async Task SendAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
