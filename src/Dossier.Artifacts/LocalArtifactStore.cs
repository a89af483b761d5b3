using System.Globalization;
using Dossier.Artifacts.Local;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Microsoft.Win32.SafeHandles;

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
    /// <param name="clock">The clock.</param>
    /// <exception cref="IOException">The folder can't be made or written.</exception>
    public LocalArtifactStore(string root, TimeProvider clock)
    {
        _folder = new(root, clock);
        _uploads = new(_folder);
        StagingCleaner.Clean(_folder, clock);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(ArtifactPath path, Stream content, CancellationToken cancellationToken)
    {
        // Located first, so that a bad path is refused before a byte is read.
        _ = _folder.LocateForWrite(path);
        using var staged = _folder.Stage();
        await staged.AppendAsync(content, cancellationToken);
        _folder.Publish(staged, path);
    }

    /// <inheritdoc/>
    public Task<ArtifactInfo?> FindAsync(ArtifactPath path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(_folder.Locate(path));
        try
        {
            return Task.FromResult(file.Exists ? Info(file.Length, file.LastWriteTimeUtc) : null);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            return Task.FromResult<ArtifactInfo?>(null);
        }
    }

    /// <inheritdoc/>
    public Task<ArtifactContent?> OpenAsync(ArtifactPath path, ArtifactRange range, CancellationToken cancellationToken)
    {
        var place = _folder.Locate(path);
        if (!File.Exists(place) || OpenOrNull(place) is not { } file)
        {
            return Task.FromResult<ArtifactContent?>(null);
        }

        // Asked of the open file, since another may take its place at any moment.
        var info = Info(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        if (range.Of(info.Size) is { } slice)
        {
            return Task.FromResult<ArtifactContent?>(new(info, slice, new FileSlice(file, slice.First, slice.Length)));
        }

        file.Dispose();
        return Task.FromResult<ArtifactContent?>(new(info, null, Stream.Null));
    }

    /// <inheritdoc/>
    public Task<ArtifactPage> ListAsync(ArtifactPath folder, int maxResults, string? pageToken, CancellationToken cancellationToken)
    {
        // The page token is the last name of the page before: whatever text it is, some names come after it.
        var entries = EntriesOf(new DirectoryInfo(_folder.Locate(folder)))
            .Where(entry => string.IsNullOrEmpty(pageToken) || string.CompareOrdinal(entry.Name, pageToken) > 0)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        var files = new List<ArtifactFile>();
        foreach (var entry in entries)
        {
            if (_folder.IsHidden(entry) || Describe(entry) is not { } file)
            {
                continue;
            }

            if (files.Count == maxResults)
            {
                return Task.FromResult(new ArtifactPage(files, files[^1].Path));
            }

            files.Add(file);
        }

        return Task.FromResult(new ArtifactPage(files, null));
    }

    /// <summary>Deletes at once: the file or folder is renamed away, and what it held is removed before the call returns.</summary>
    /// <inheritdoc/>
    public Task<ArtifactDeletion> DeleteAsync(ArtifactPath path, CancellationToken cancellationToken)
    {
        var place = _folder.Locate(path);
        if (path == ArtifactPath.Root)
        {
            throw ProtocolException.Invalid("Invalid path: the artifact root itself can't be deleted.");
        }

        if (!_folder.Discard(place))
        {
            return Task.FromResult(ArtifactDeletion.NotFound);
        }

        DurableFolder.Sync(Path.GetDirectoryName(place)!);
        return Task.FromResult(ArtifactDeletion.Complete);
    }

    /// <summary>Always null: a file of a local folder is read through the server.</summary>
    /// <inheritdoc/>
    public Task<DownloadCredential?> FindDownloadAsync(ArtifactPath path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult<DownloadCredential?>(null);

    /// <inheritdoc/>
    public Task<MultipartUpload> CreateUploadAsync(ArtifactPath path, int parts, string server, CancellationToken cancellationToken) =>
        _uploads.CreateAsync(path, parts, server, cancellationToken);

    /// <inheritdoc/>
    public Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancellationToken) =>
        _uploads.WritePartAsync(uploadId, partNumber, content, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteUploadAsync(ArtifactPath path, string uploadId, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken) =>
        _uploads.CompleteAsync(path, uploadId, parts, cancellationToken);

    /// <inheritdoc/>
    public Task AbortUploadAsync(ArtifactPath path, string uploadId, CancellationToken cancellationToken) =>
        _uploads.AbortAsync(path, uploadId, cancellationToken);

    // Published files have distinct times, so time and size name a state.
    private static ArtifactInfo Info(long size, DateTime written) =>
        new(size, written, string.Create(CultureInfo.InvariantCulture, $"{written.Ticks:x}-{size:x}"));

    private static SafeFileHandle? OpenOrNull(string place)
    {
        try
        {
            return File.OpenHandle(
                place, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception gone) when (IsGone(gone) || Directory.Exists(place))
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
