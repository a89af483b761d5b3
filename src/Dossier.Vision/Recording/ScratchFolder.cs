namespace Dossier.Vision.Recording;

/// <summary>A folder for files on their way to the server; gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dossier-record-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
