namespace Dossier.Testing;

/// <summary>A folder of its own for one test, removed with all it holds when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Absolute path of the folder; it exists.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("dossier-test-").FullName;

    /// <summary>Absolute path of something inside; nothing is created.</summary>
    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
