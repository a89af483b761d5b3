using System.Reflection;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>The tags that MLflow's clients set on a new run.</summary>
internal static class StandardTags
{
    private const int MinCommitDigits = 40;

    /// <summary>User, program and, where the program was built from a git commit, that commit.</summary>
    public static IEnumerable<Tag> OfThisProgram()
    {
        var program = Assembly.GetEntryAssembly();
        yield return new(WellKnownTags.User, Environment.UserName);
        yield return new(WellKnownTags.SourceName, program?.GetName().Name ?? Environment.ProcessPath ?? "unknown");
        yield return new(WellKnownTags.SourceType, "LOCAL");
        if (CommitOf(program) is { } commit)
        {
            yield return new(WellKnownTags.SourceGitCommit, commit);
        }
    }

    // The .NET SDK appends the commit to the version: 1.2.3+0123456789abcdef….
    private static string? CommitOf(Assembly? program)
    {
        var version = program?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var commit = version?[(version.LastIndexOf('+') + 1)..];
        return commit?.Length >= MinCommitDigits && commit.All(char.IsAsciiHexDigitLower) ? commit : null;
    }
}
