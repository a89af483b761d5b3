using Dossier.Artifacts.Local;
using Dossier.Core.Artifacts;
using Dossier.Protocol;

namespace Dossier.Artifacts;

/// <summary>
/// Artifacts in a folder of the local file system, each a file at its path. Writes go to a hidden staging folder inside the root,
/// are synced and then renamed into place. Symbolic links below the root are neither followed nor listed.
/// </summary>
public sealed class LocalArtifactStore : IArtifactStore
{
    private readonly ArtifactFolder _folder;
    private readonly MultipartUploads _uploads;

    /// <summary>Opens the store, making the folder if it is missing, and drops uploads abandoned a week ago.</summary>
    /// <param name="root">The root folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The folder can't be made or written.</exception>
    public LocalArtifactStore(string root, TimeProvider time)
    {
        _folder = new(root);
        _uploads = new(_folder);
        StagingCleaner.Clean(_folder, time);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(ArtifactPath path, Stream content, CancellationToken cancel)
    {
        // Located first, so that a bad path is refused before a byte is read.
        _ = _folder.LocateForWrite(path);
        using var staged = new StagedFile(_folder.Staging);
        await staged.AppendAsync(content, cancel);
        _folder.Publish(staged, path);
    }

    /// <inheritdoc/>
    public Task<ArtifactContent?> OpenAsync(ArtifactPath path, CancellationToken cancel)
    {
        var file = new FileInfo(_folder.Locate(path));
        return Task.FromResult(file.Exists && OpenOrNull(file.FullName) is { } stream
            ? new ArtifactContent(stream, stream.Length, file.LastWriteTimeUtc)
            : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ArtifactFile>> ListAsync(ArtifactPath path, CancellationToken cancel)
    {
        var place = new DirectoryInfo(_folder.Locate(path));
        IReadOnlyList<ArtifactFile> files = [.. EntriesOf(place)
            .Where(entry => !_folder.IsHidden(entry))
            .Select(Describe)
            .OfType<ArtifactFile>()
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
        return Task.FromResult(files);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel)
    {
        var place = _folder.Locate(path);
        if (path == ArtifactPath.Root)
        {
            throw ProtocolException.Invalid("Invalid path: the artifact root itself can't be deleted.");
        }

        if (!_folder.Discard(place))
        {
            return Task.FromResult(false);
        }

        DurableFolder.Sync(Path.GetDirectoryName(place)!);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<string> CreateUploadAsync(ArtifactPath path, CancellationToken cancel) => _uploads.CreateAsync(path, cancel);

    /// <inheritdoc/>
    public Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancel) =>
        _uploads.WritePartAsync(uploadId, partNumber, content, cancel);

    /// <inheritdoc/>
    public Task CompleteUploadAsync(ArtifactPath path, string uploadId, IReadOnlyList<UploadedPart> parts, CancellationToken cancel) =>
        _uploads.CompleteAsync(path, uploadId, parts, cancel);

    /// <inheritdoc/>
    public Task AbortUploadAsync(ArtifactPath path, string uploadId, CancellationToken cancel) => _uploads.AbortAsync(path, uploadId, cancel);

    private static FileStream? OpenOrNull(string place)
    {
        try
        {
            // No buffer of its own: the reader brings one.
            return new(place, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                BufferSize = 0,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return null;
        }
    }

    private static FileSystemInfo[] EntriesOf(DirectoryInfo place)
    {
        try
        {
            return place.Exists ? place.GetFileSystemInfos() : [];
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return [];
        }
    }

    private static ArtifactFile? Describe(FileSystemInfo entry)
    {
        try
        {
            return entry is FileInfo file
                ? new() { Path = file.Name, FileSize = file.Length }
                : new() { Path = entry.Name, IsDir = true };
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return null;
        }
    }

    // Deleted since it was looked at.
    private static bool IsGone(Exception failure) => failure is FileNotFoundException or DirectoryNotFoundException;
}
