using System.CommandLine;

namespace Dossier.CommandLine.Options;

/// <summary>Options of every command.</summary>
public static class CommonOptions
{
    /// <summary>Whether errors show their stack.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show the stack trace of an error",
        Recursive = true,
    };
}
