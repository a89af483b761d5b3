namespace Dossier.Testing;

/// <summary>Where the repository lies, for tests that read its files.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute path of the folder that holds <c>Dossier.slnx</c>, found upwards from the test's own output.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Dossier.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Dossier.slnx above {AppContext.BaseDirectory}: run the tests from a checkout of the repository.");
    }
}
