using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Local files to artifacts.</summary>
public sealed partial class ArtifactsClient
{
    /// <summary>Uploads a file, over an earlier artifact. An upload that breaks off starts again.</summary>
    /// <param name="localFile">The local file.</param>
    /// <param name="file">The artifact, with its name.</param>
    /// <param name="progress">Receives the number of bytes so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task UploadFileAsync(
        string localFile, ArtifactLocation file, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        UploadAsync(localFile, file, new(progress), cancellationToken);

    /// <summary>Uploads all files below a local folder, a few at a time. Links to folders are not followed.</summary>
    /// <param name="localFolder">The local folder.</param>
    /// <param name="folder">The artifact folder that its content goes into.</param>
    /// <param name="progress">Receives the number of bytes of all files so far.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task UploadFolderAsync(
        string localFolder, ArtifactLocation folder, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var count = new TransferProgress(progress);
        return Parallel.ForEachAsync(
            FilesBelow(new DirectoryInfo(localFolder), folder),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelFiles, CancellationToken = cancellationToken },
            async (file, token) => await UploadAsync(file.Local, file.Artifact, count, token));
    }

    /// <summary>Writes a text as an artifact, in UTF-8.</summary>
    public async Task UploadTextAsync(string text, ArtifactLocation file, CancellationToken cancellationToken = default)
    {
        var route = await WriteRouteAsync(file, cancellationToken);
        await _api.Transport.SendAsync(
            _ => _api.Request(HttpMethod.Put, route, new StringContent(text)), Repeat.Safe, static (_, _) => Task.FromResult(true), cancellationToken);
    }

    private async Task UploadAsync(string localFile, ArtifactLocation file, TransferProgress count, CancellationToken cancellationToken)
    {
        var route = await WriteRouteAsync(file, cancellationToken);
        TransferProgress.OfAttempt? earlier = null;
        await _api.Transport.SendAsync(
            attempt =>
            {
                earlier?.TakeBack();
                earlier = new(count, attempt);
                return _api.Request(HttpMethod.Put, route, new FileUploadContent(localFile, earlier));
            },
            Repeat.Safe,
            static (_, _) => Task.FromResult(true),
            cancellationToken);
    }

    private async Task<string> WriteRouteAsync(ArtifactLocation file, CancellationToken cancellationToken)
    {
        var (tree, path) = await _resolver.ResolveAsync(file, cancellationToken);
        return path.Length > 0 ? tree.WriteRoute(path) : throw ProtocolException.Invalid("The artifact to write has no name.");
    }

    private static IEnumerable<(string Local, ArtifactLocation Artifact)> FilesBelow(DirectoryInfo local, ArtifactLocation folder) =>
        local.EnumerateFiles().Select(file => (file.FullName, folder.Child(file.Name))).Concat(
            local.EnumerateDirectories().Where(below => below.LinkTarget is null).SelectMany(below => FilesBelow(below, folder.Child(below.Name))));
}
