using Dossier.Testing;

namespace Dossier.Architecture.Tests;

/// <summary>The repository's own files, without what builds leave behind.</summary>
internal static class RepositoryFiles
{
    // "artifacts" only where .gitignore means builds' output, at the top.
    private static readonly HashSet<string> Built = ["bin", "obj", ".git", ".vs", ".idea", "TestResults", "node_modules"];

    /// <summary>All files, as paths from the root with <c>/</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Directory.EnumerateFileSystemEntries(RepositoryRoot.Path)
        .Where(entry => Path.GetFileName(entry) is not ("artifacts" or "dossier-data" or ".git"))
        .SelectMany(Walk)
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    /// <summary>Those below a top folder.</summary>
    public static IEnumerable<string> In(string folder) => All.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>Those with one of these endings.</summary>
    public static IEnumerable<string> EndingWith(params string[] endings) => All.Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>Whether a file is bytes for a test to read, and not text of ours.</summary>
    public static bool IsFixture(string file) => file.Contains("/fixtures/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a file lies on this machine.</summary>
    public static string Absolute(string file) => Path.Combine(RepositoryRoot.Path, file);

    private static IEnumerable<string> Walk(string entry) => File.Exists(entry)
        ? [entry]
        : Built.Contains(Path.GetFileName(entry)) ? [] : Directory.EnumerateFileSystemEntries(entry).SelectMany(Walk);
}
