using System.Globalization;
using Dossier.Core.LoggedModels;
using Dossier.Core.Registry;
using Dossier.Core.Tracking;
using Dossier.Core.Validation;
using Dossier.Protocol;

namespace Dossier.Core.Artifacts;

/// <summary>
/// Artifacts by what they belong to (a run, a logged model, a model version) and by their path in the server's store. Every method throws
/// <see cref="ProtocolException"/> for a bad request.
/// </summary>
/// <param name="runs">Reads runs.</param>
/// <param name="loggedModels">Reads logged models.</param>
/// <param name="versions">Reads model versions.</param>
/// <param name="store">Where the bytes are.</param>
public sealed class ArtifactService(RunService runs, LoggedModelService loggedModels, ModelVersionService versions, IArtifactStore store)
{
    private const int PageSize = 1000;
    private const int MaxParts = 10_000;

    /// <summary>The direct children of a folder of a run (either id will do), with paths relative to the run's artifact root.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="runUuid">The run's id, as old clients name it.</param>
    /// <param name="path">The folder; null or empty for the root.</param>
    /// <param name="pageToken">Null for the whole folder, since most clients read no further than the first answer; else a page, the first for an empty text.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ArtifactsAnswer> ListOfRunAsync(
        string? runId, string? runUuid, string? path, string? pageToken, CancellationToken cancellationToken) =>
        await ListAsync((await runs.GetAsync(runId, runUuid, cancellationToken)).Info.ArtifactUri, path, pageToken, cancellationToken);

    /// <summary>The direct children of a folder of a logged model, with paths relative to its artifact root; pages as in <see cref="ListOfRunAsync"/>.</summary>
    public async Task<ArtifactsAnswer> ListOfLoggedModelAsync(string? modelId, string? path, string? pageToken, CancellationToken cancellationToken) =>
        await ListAsync((await loggedModels.GetAsync(modelId, cancellationToken)).Info.ArtifactUri, path, pageToken, cancellationToken);

    /// <summary>The direct children of a folder of the store, with paths relative to that folder.</summary>
    public async Task<ArtifactsAnswer> ListAsync(ArtifactPath folder, CancellationToken cancellationToken) => new(null, await WholeAsync(folder, cancellationToken));

    /// <summary>A file of a run.</summary>
    public async Task<ServedFile> FileOfRunAsync(string? runId, string? runUuid, string? path, CancellationToken cancellationToken)
    {
        var info = (await runs.GetAsync(runId, runUuid, cancellationToken)).Info;
        return Below(info.ArtifactUri, path, ArtifactOwner.Run(info.RunId));
    }

    /// <summary>A file of a logged model.</summary>
    public async Task<ServedFile> FileOfLoggedModelAsync(string? modelId, string? path, CancellationToken cancellationToken)
    {
        var info = (await loggedModels.GetAsync(modelId, cancellationToken)).Info;
        return Below(info.ArtifactUri, path, ArtifactOwner.LoggedModel(info.ModelId));
    }

    /// <summary>A file of a model version.</summary>
    public async Task<ServedFile> FileOfVersionAsync(string? name, string? version, string? path, CancellationToken cancellationToken)
    {
        var uri = await versions.GetDownloadUriAsync(name, version, cancellationToken);
        return Below(uri, path, ArtifactOwner.ModelVersion(name!, int.Parse(version!, CultureInfo.InvariantCulture)));
    }

    /// <summary>A file of the store.</summary>
    public ServedFile File(ArtifactPath path) => new(store, path, ArtifactLayout.OwnerOf(path), path.Value, MissingText(path));

    /// <summary>Writes a file of the store, replacing what was there.</summary>
    public Task WriteAsync(ArtifactPath path, Stream content, CancellationToken cancellationToken) => store.WriteAsync(path, content, cancellationToken);

    /// <summary>
    /// Deletes a file of the store, or a folder with everything below it. Once it returns, everything is gone; if it fails or is cancelled, a part may
    /// be, and deleting again goes on with the rest.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="begun">Called once something is deleted, before the rest is: from then on it is a change to be recorded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task DeleteAsync(ArtifactPath path, Action begun, CancellationToken cancellationToken)
    {
        var deletion = await store.DeleteAsync(path, cancellationToken);
        if (deletion is ArtifactDeletion.NotFound)
        {
            throw ProtocolException.NotFound(MissingText(path));
        }

        begun();
        while (deletion is ArtifactDeletion.Partial)
        {
            deletion = await store.DeleteAsync(path, cancellationToken);
        }
    }

    /// <summary>Starts a multipart upload of a file of the store.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parts">How many parts will come, 1 to 10,000.</param>
    /// <param name="server">As in <see cref="IArtifactStore.CreateUploadAsync"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<MultipartUpload> CreateUploadAsync(ArtifactPath path, long? parts, string server, CancellationToken cancellationToken)
    {
        var count = parts ?? throw ProtocolException.Missing("num_parts");
        return count is >= 1 and <= MaxParts
            ? store.CreateUploadAsync(path, (int)count, server, cancellationToken)
            : throw ProtocolException.InvalidValue(
                count.ToString(CultureInfo.InvariantCulture), "num_parts", $"it must be from 1 to {MaxParts}.");
    }

    /// <summary>Stores one part that came to this server and returns its ETag.</summary>
    public Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancellationToken) =>
        store.WritePartAsync(uploadId, partNumber, content, cancellationToken);

    /// <summary>Joins the parts to the file.</summary>
    public Task CompleteUploadAsync(ArtifactPath path, string? uploadId, IReadOnlyList<UploadedPart>? parts, CancellationToken cancellationToken) =>
        store.CompleteUploadAsync(path, Required(uploadId), parts ?? throw ProtocolException.Missing("parts"), cancellationToken);

    /// <summary>Forgets an upload and its parts; an unknown one is harmless.</summary>
    public Task AbortUploadAsync(ArtifactPath path, string? uploadId, CancellationToken cancellationToken) =>
        store.AbortUploadAsync(path, Required(uploadId), cancellationToken);

    private static string Required(string? uploadId) => uploadId ?? throw ProtocolException.Missing("upload_id");

    private static string MissingText(ArtifactPath path) => $"No artifact file '{path}'.";

    private static ArtifactPath Served(string? uri) => ArtifactUri.TryServe(uri) ?? throw ProtocolException.Invalid(
        $"The artifacts lie at '{Redaction.Of(uri ?? "")}', which this server doesn't serve: read them from there.");

    private ServedFile Below(string? rootUri, string? path, ArtifactOwner owner)
    {
        var file = ArtifactPath.Parse(TextRules.Required(path, "path", Limits.Uri));
        return new(store, Served(rootUri).Append(file.Value), owner, path!, $"No artifact file '{file}' below {Redaction.Of(rootUri!)}.");
    }

    private async Task<ArtifactsAnswer> ListAsync(string? rootUri, string? path, string? pageToken, CancellationToken cancellationToken)
    {
        var folder = ArtifactPath.Parse(path);
        var place = Served(rootUri).Append(folder.Value);
        var page = pageToken is null
            ? new ArtifactPage(await WholeAsync(place, cancellationToken), null)
            : await store.ListAsync(place, PageSize, PageTokenRules.Check(pageToken), cancellationToken);
        return new(
            rootUri,
            folder.Value.Length == 0 ? page.Files : [.. page.Files.Select(file => file with { Path = $"{folder}/{file.Path}" })],
            page.NextPageToken);
    }

    private async Task<IReadOnlyList<ArtifactFile>> WholeAsync(ArtifactPath folder, CancellationToken cancellationToken)
    {
        var page = await store.ListAsync(folder, int.MaxValue, null, cancellationToken);
        if (page.NextPageToken is null)
        {
            return page.Files;
        }

        var files = page.Files.ToList();
        while (page.NextPageToken is { } next)
        {
            page = await store.ListAsync(folder, int.MaxValue, next, cancellationToken);
            files.AddRange(page.Files);
        }

        files.Sort(static (one, other) => string.CompareOrdinal(one.Path, other.Path));
        return files;
    }
}
