using System.Buffers;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Artifacts to local files. A file appears under its name only when it is complete.</summary>
public sealed partial class ArtifactsClient
{
    private const int PieceBytes = 128 * 1024;

    /// <summary>Downloads a file, over an earlier local one. A download that breaks off starts again.</summary>
    /// <param name="file">The artifact.</param>
    /// <param name="localFile">The local file; folders on its way are made.</param>
    /// <param name="progress">Receives the number of bytes so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DownloadFileAsync(
        ArtifactLocation file, string localFile, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(file, Path.GetFullPath(localFile), new(progress), cancellationToken);

    /// <summary>Downloads all files below a folder, a few at a time. Nothing is written outside of <paramref name="localFolder"/>.</summary>
    /// <param name="folder">The artifact folder.</param>
    /// <param name="localFolder">The local folder; made if missing, other files in it stay.</param>
    /// <param name="progress">Receives the number of bytes of all files so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DownloadFolderAsync(
        ArtifactLocation folder, string localFolder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var count = new TransferProgress(progress);
        Directory.CreateDirectory(localFolder);
        return Parallel.ForEachAsync(
            ListRecursivelyAsync(folder, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles, CancellationToken = cancellationToken },
            async (file, token) => await DownloadAsync(
                file.Path.Split('/').Aggregate(folder, static (at, name) => at.Child(name)), ArtifactNames.Local(localFolder, file.Path), count, token));
    }

    private async Task DownloadAsync(ArtifactLocation file, string localFile, TransferProgress count, CancellationToken cancellationToken)
    {
        var (tree, path) = await _resolver.ResolveAsync(file, cancellationToken);
        var source = await tree.SourceAsync(path, cancellationToken);
        var folder = Path.GetDirectoryName(localFile)!;
        Directory.CreateDirectory(folder);
        var incomplete = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        try
        {
            await _api.Transport.SendAsync(
                _ => source.Request(),
                Repeat.Safe,
                async (response, attempt) =>
                {
                    await SaveAsync(response, incomplete, new(count, attempt), attempt);
                    return true;
                },
                cancellationToken);
            File.Move(incomplete, localFile, overwrite: true);
        }
        finally
        {
            File.Delete(incomplete);
        }
    }

    private static async Task SaveAsync(HttpResponseMessage response, string localFile, TransferProgress.OfAttempt progress, Attempt attempt)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            await using var file = new FileStream(localFile, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            await using var body = await response.Content.ReadAsStreamAsync(attempt.Token);
            for (int bytes; (bytes = await body.ReadAsync(buffer, attempt.Token)) > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, bytes), attempt.Token);
                progress.BytesMoved(bytes);
            }
        }
        catch
        {
            progress.TakeBack();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
