using System.Diagnostics;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

/// <summary>The real program, <c>dotnet dossier.dll</c>, in a process of its own.</summary>
internal static class Cli
{
    private const string Program = "dossier.dll";

    /// <summary>Runs it to its end.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs it to its end with these environment variables; a null value unsets one.</summary>
    public static Task<Ended> RunAsync((string Name, string? Value)[] environment, params string[] arguments) => CommandProcess.RunAsync(Program, environment, arguments);

    /// <summary>Starts it; the caller waits and disposes.</summary>
    public static Process Start((string Name, string? Value)[] environment, params string[] arguments) => CommandProcess.Start(Program, environment, arguments);
}
