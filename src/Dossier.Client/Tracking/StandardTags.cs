using System.Reflection;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>The tags that MLflow's clients set on a new run, and their keys.</summary>
internal static class StandardTags
{
    public const string RunName = "mlflow.runName";
    public const string ParentRunId = "mlflow.parentRunId";
    public const string DataContext = "mlflow.data.context";
    private const string User = "mlflow.user";
    private const string SourceName = "mlflow.source.name";
    private const string SourceType = "mlflow.source.type";
    private const string GitCommit = "mlflow.source.git.commit";
    private const int MinCommitDigits = 40;

    /// <summary>User, program and, where the program was built from a git commit, that commit.</summary>
    public static IEnumerable<Tag> OfThisProgram()
    {
        var program = Assembly.GetEntryAssembly();
        yield return new(User, Environment.UserName);
        yield return new(SourceName, program?.GetName().Name ?? Environment.ProcessPath ?? "unknown");
        yield return new(SourceType, "LOCAL");
        if (CommitOf(program) is { } commit)
        {
            yield return new(GitCommit, commit);
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
