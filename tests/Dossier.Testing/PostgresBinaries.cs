namespace Dossier.Testing;

/// <summary>Finds the programs of an installed PostgreSQL.</summary>
internal static class PostgresBinaries
{
    private const string Override = "DOSSIER_TEST_PG_BIN";

    /// <summary>
    /// The folder that holds <c>initdb</c> and <c>postgres</c>: the one that <c>DOSSIER_TEST_PG_BIN</c> names, else the newest
    /// under <c>/usr/lib/postgresql</c> (Debian keeps them off the PATH), else one on the PATH.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not installed; the message says how to install it.</exception>
    public static string Find()
    {
        var named = Environment.GetEnvironmentVariable(Override);
        IEnumerable<string> candidates = string.IsNullOrEmpty(named) ? [.. Packaged(), .. OnPath()] : [named];
        return candidates.FirstOrDefault(IsComplete) ?? throw new InvalidOperationException(
            $"This test needs PostgreSQL's programs initdb and postgres and did not find them{(named is null ? "" : $" in {Override}={named}")}. "
            + "Run the tests with eng/test.sh, which installs them, or run: apt-get install postgresql. "
            + $"If they are elsewhere, set {Override} to their folder.");
    }

    private static IEnumerable<string> Packaged()
    {
        const string root = "/usr/lib/postgresql";
        return Directory.Exists(root)
            ? Directory.GetDirectories(root)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
    }

    private static string[] OnPath() =>
        Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));
}
