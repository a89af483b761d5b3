using System.Diagnostics;
using Dossier.Testing;

namespace Dossier.Vision.Cli.Tests;

/// <summary>The real program, <c>dotnet dossier-vision.dll</c>, in a process of its own.</summary>
internal static class VisionCommand
{
    private const string Program = "dossier-vision.dll";

    /// <summary>Runs it to its end, without a server.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => CommandProcess.RunAsync(Program, [], arguments);

    /// <summary>Runs it to its end against a server.</summary>
    public static Task<Ended> RunAsync(Uri server, params string[] arguments) => CommandProcess.RunAsync(Program, [("MLFLOW_TRACKING_URI", server.AbsoluteUri)], arguments);

    /// <summary>Starts it against a server; the caller waits and disposes.</summary>
    public static Process Start(Uri server, params string[] arguments) => CommandProcess.Start(Program, [("MLFLOW_TRACKING_URI", server.AbsoluteUri)], arguments);
}
