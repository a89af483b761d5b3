using System.Globalization;
using Dossier.Core.Access;
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

    /// <summary>The guard of <see cref="ListOfRunAsync"/>.</summary>
    public static Guard<ListRunArtifacts> MayListOfRun { get; } = Guards.On<ListRunArtifacts>(PermissionLevel.CanRead, ObjectKinds.Run, static m => m.RunId);

    /// <summary>The direct children of a folder of a run, with paths relative to the run's artifact root.</summary>
    public async Task<ArtifactsAnswer> ListOfRunAsync(Granted<ListRunArtifacts> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var run = await runs.FindAsync(message.RunId!, cancellationToken);
        return await ListAsync(run.Info.ArtifactUri, message.Path, message.PageToken, cancellationToken);
    }

    /// <summary>The guard of <see cref="ListOfLoggedModelAsync"/>.</summary>
    public static Guard<ListLoggedModelArtifacts> MayListOfLoggedModel { get; } =
        Guards.On<ListLoggedModelArtifacts>(PermissionLevel.CanRead, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>The direct children of a folder of a logged model, with paths relative to its artifact root; pages as in <see cref="ListOfRunAsync"/>.</summary>
    public async Task<ArtifactsAnswer> ListOfLoggedModelAsync(Granted<ListLoggedModelArtifacts> request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        var model = await loggedModels.FindAsync(message.ModelId!, cancellationToken);
        return await ListAsync(model.Info.ArtifactUri, message.ArtifactDirectoryPath, message.PageToken, cancellationToken);
    }

    /// <summary>The guard of <see cref="ListAsync(Granted{ListArtifacts}, CancellationToken)"/>.</summary>
    public static Guard<ListArtifacts> MayList { get; } = Guards.On<ListArtifacts>(PermissionLevel.CanRead, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>The direct children of a folder of the store, with paths relative to that folder.</summary>
    public async Task<ArtifactsAnswer> ListAsync(Granted<ListArtifacts> request, CancellationToken cancellationToken) =>
        new(null, await WholeAsync(ArtifactPath.Parse(request.Message.Path), cancellationToken));

    /// <summary>The guard of <see cref="FileOfRunAsync"/>.</summary>
    public static Guard<ReadRunArtifact> MayReadOfRun { get; } = Guards.On<ReadRunArtifact>(PermissionLevel.CanRead, ObjectKinds.Run, static m => m.RunId);

    /// <summary>A file of a run.</summary>
    public async Task<ServedFile> FileOfRunAsync(Granted<ReadRunArtifact> request, CancellationToken cancellationToken)
    {
        var info = (await runs.FindAsync(request.Message.RunId!, cancellationToken)).Info;
        return Below(info.ArtifactUri, request.Message.Path, ArtifactOwner.Run(info.RunId));
    }

    /// <summary>The guard of <see cref="FileOfLoggedModelAsync"/>.</summary>
    public static Guard<ReadLoggedModelArtifact> MayReadOfLoggedModel { get; } =
        Guards.On<ReadLoggedModelArtifact>(PermissionLevel.CanRead, ObjectKinds.LoggedModel, static m => m.ModelId);

    /// <summary>A file of a logged model.</summary>
    public async Task<ServedFile> FileOfLoggedModelAsync(Granted<ReadLoggedModelArtifact> request, CancellationToken cancellationToken)
    {
        var info = (await loggedModels.FindAsync(request.Message.ModelId!, cancellationToken)).Info;
        return Below(info.ArtifactUri, request.Message.ArtifactFilePath, ArtifactOwner.LoggedModel(info.ModelId));
    }

    /// <summary>The guard of <see cref="FileOfVersionAsync"/>.</summary>
    public static Guard<ReadVersionArtifact> MayReadOfVersion { get; } = Guards.On<ReadVersionArtifact>(PermissionLevel.CanRead, ObjectKinds.Model, static m => m.Name);

    /// <summary>A file of a model version.</summary>
    public async Task<ServedFile> FileOfVersionAsync(Granted<ReadVersionArtifact> request, CancellationToken cancellationToken)
    {
        var (name, version, path) = request.Message;
        var uri = await versions.FindDownloadUriAsync(name!, version, cancellationToken);
        return Below(uri, path, ArtifactOwner.ModelVersion(name!, int.Parse(version!, CultureInfo.InvariantCulture)));
    }

    /// <summary>The guard of <see cref="FileAsync"/>.</summary>
    public static Guard<ReadArtifact> MayRead { get; } = Guards.On<ReadArtifact>(PermissionLevel.CanRead, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>A file of the store.</summary>
    public Task<ServedFile> FileAsync(Granted<ReadArtifact> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = ArtifactPath.Parse(request.Message.Path);
        return Task.FromResult(new ServedFile(store, path, ArtifactLayout.OwnerOf(path), path.Value, MissingText(path)));
    }

    /// <summary>The guard of <see cref="WriteAsync"/>.</summary>
    public static Guard<WriteArtifact> MayWrite { get; } = Guards.On<WriteArtifact>(PermissionLevel.CanEdit, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>Writes a file of the store, replacing what was there.</summary>
    public Task WriteAsync(Granted<WriteArtifact> request, Stream content, CancellationToken cancellationToken) =>
        store.WriteAsync(ArtifactPath.Parse(request.Message.Path), content, cancellationToken);

    /// <summary>The guard of <see cref="DeleteAsync"/>.</summary>
    public static Guard<DeleteArtifact> MayDelete { get; } = Guards.On<DeleteArtifact>(PermissionLevel.CanEdit, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>
    /// Deletes a file of the store, or a folder with everything below it. Once it returns, everything is gone; if it fails or is cancelled, a part may
    /// be, and deleting again goes on with the rest.
    /// </summary>
    /// <param name="request">The file or folder.</param>
    /// <param name="begun">Called once something is deleted, before the rest is: from then on it is a change to be recorded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task DeleteAsync(Granted<DeleteArtifact> request, Action begun, CancellationToken cancellationToken)
    {
        var path = ArtifactPath.Parse(request.Message.Path);
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

    /// <summary>The guard of <see cref="CreateUploadAsync"/>.</summary>
    public static Guard<CreateMultipartUpload> MayCreateUpload { get; } =
        Guards.On<CreateMultipartUpload>(PermissionLevel.CanEdit, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>Starts a multipart upload of a file of the store.</summary>
    /// <param name="request">The file, and how many parts will come, 1 to 10,000.</param>
    /// <param name="server">As in <see cref="IArtifactStore.CreateUploadAsync"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<MultipartUpload> CreateUploadAsync(Granted<CreateMultipartUpload> request, string server, CancellationToken cancellationToken)
    {
        var count = request.Message.NumParts ?? throw ProtocolException.Missing("num_parts");
        return count is >= 1 and <= MaxParts
            ? store.CreateUploadAsync(ArtifactPath.Parse(request.Message.Path), (int)count, server, cancellationToken)
            : throw ProtocolException.InvalidValue(
                count.ToString(CultureInfo.InvariantCulture), "num_parts", $"it must be from 1 to {MaxParts}.");
    }

    /// <summary>Stores one part that came to this server and returns its ETag. The unguessable id of the upload is what lets the caller do it.</summary>
    public Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancellationToken) =>
        store.WritePartAsync(uploadId, partNumber, content, cancellationToken);

    /// <summary>The guard of <see cref="CompleteUploadAsync"/>.</summary>
    public static Guard<CompleteMultipartUpload> MayCompleteUpload { get; } =
        Guards.On<CompleteMultipartUpload>(PermissionLevel.CanEdit, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>Joins the parts to the file.</summary>
    public Task CompleteUploadAsync(Granted<CompleteMultipartUpload> request, CancellationToken cancellationToken)
    {
        var (path, uploadId, parts) = request.Message;
        return store.CompleteUploadAsync(
            ArtifactPath.Parse(path), Required(uploadId), parts ?? throw ProtocolException.Missing("parts"), cancellationToken);
    }

    /// <summary>The guard of <see cref="AbortUploadAsync"/>.</summary>
    public static Guard<AbortMultipartUpload> MayAbortUpload { get; } =
        Guards.On<AbortMultipartUpload>(PermissionLevel.CanEdit, ObjectKinds.Artifact, static m => m.Path);

    /// <summary>Forgets an upload and its parts; an unknown one is harmless.</summary>
    public Task AbortUploadAsync(Granted<AbortMultipartUpload> request, CancellationToken cancellationToken) =>
        store.AbortUploadAsync(ArtifactPath.Parse(request.Message.Path), Required(request.Message.UploadId), cancellationToken);

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
