using System.Globalization;
using System.Security.Cryptography;
using Dossier.Core.Artifacts;
using Dossier.Protocol;

namespace Dossier.Artifacts.Local;

/// <summary>
/// Unfinished multipart uploads: a folder each in the staging folder, named by the unguessable upload id, holding the target's path and the parts.
/// A part's file is named by its number and ETag, so that a part sent twice is two files.
/// </summary>
internal sealed class MultipartUploads(ArtifactFolder folder)
{
    private const int MaxParts = 10_000;
    private const string TargetFile = "target";

    /// <summary>Starts an upload whose parts come to this server.</summary>
    public async Task<MultipartUpload> CreateAsync(ArtifactPath path, int parts, string server, CancellationToken cancellationToken)
    {
        _ = folder.LocateForWrite(path);
        var uploadId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var place = Path.Combine(folder.Staging, uploadId);
        DurableFolder.Create(place);
        await File.WriteAllTextAsync(Path.Combine(place, TargetFile), path.Value, cancellationToken);
        return new(uploadId, [.. Enumerable.Range(1, parts).Select(number => new PartCredential
        {
            Url = string.Create(CultureInfo.InvariantCulture, $"{server}/{uploadId}/{number}"),
            PartNumber = number,
        })]);
    }

    /// <summary>Stores one part and returns its ETag.</summary>
    public async Task<string> WritePartAsync(string uploadId, int partNumber, Stream content, CancellationToken cancellationToken)
    {
        var place = await FindAsync(uploadId, null, cancellationToken) ?? throw Unknown(uploadId);
        if (partNumber is < 1 or > MaxParts)
        {
            throw ProtocolException.InvalidValue(
                partNumber.ToString(CultureInfo.InvariantCulture), "part_number", $"it must be from 1 to {MaxParts}.");
        }

        var etag = RandomNumberGenerator.GetHexString(32, lowercase: true);
        using var staged = folder.Stage();
        await staged.AppendAsync(content, cancellationToken);
        try
        {
            staged.Publish(PartPlace(place, partNumber, etag), folder.NextTime());
            return etag;
        }
        catch (DirectoryNotFoundException)
        {
            // Completed or aborted meanwhile.
            throw Unknown(uploadId);
        }
    }

    /// <summary>Joins the parts to the file and forgets the upload.</summary>
    public async Task CompleteAsync(ArtifactPath path, string uploadId, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken)
    {
        var place = await FindAsync(uploadId, path, cancellationToken) ?? throw Unknown(uploadId);
        _ = folder.LocateForWrite(path);
        using var staged = folder.Stage();
        try
        {
            foreach (var part in PartPlaces(place, parts))
            {
                await using var content = File.OpenRead(part);
                await staged.AppendAsync(content, cancellationToken);
            }
        }
        catch (Exception failure) when (!Directory.Exists(place))
        {
            throw new ProtocolException(ErrorCode.ResourceDoesNotExist, Unknown(uploadId).Message, failure);
        }

        folder.Publish(staged, path);
        _ = folder.Discard(place);
    }

    /// <summary>Forgets an upload of this path, if there is one.</summary>
    public async Task AbortAsync(ArtifactPath path, string uploadId, CancellationToken cancellationToken)
    {
        if (await FindAsync(uploadId, path, cancellationToken) is { } place)
        {
            _ = folder.Discard(place);
        }
    }

    private static IEnumerable<string> PartPlaces(string place, IReadOnlyList<UploadedPart> parts)
    {
        var ordered = parts.OrderBy(part => part.PartNumber).ToList();
        if (ordered.Count == 0)
        {
            throw ProtocolException.Missing("parts");
        }

        for (var i = 0; i < ordered.Count; i++)
        {
            var etag = ordered[i].Etag?.Trim('"') ?? "";
            var part = PartPlace(place, i + 1, etag);
            if (ordered[i].PartNumber != i + 1 || !IsId(etag) || !File.Exists(part))
            {
                throw ProtocolException.Invalid(
                    $"Invalid value for parameter 'parts': it must name every part from 1 up with the ETag that its upload returned; part {i + 1} is missing or has another ETag.");
            }
        }

        return ordered.Select(part => PartPlace(place, part.PartNumber, part.Etag!.Trim('"')));
    }

    private static string PartPlace(string place, int number, string etag) =>
        Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{number}.{etag}"));

    private static ProtocolException Unknown(string uploadId) =>
        ProtocolException.NotFound(IsId(uploadId)
            ? $"Multipart upload with id={uploadId} not found for this path."
            : "Multipart upload not found: 'upload_id' must be the one that the create request returned.");

    // An id is a file name here: only the form that we make may reach the file system.
    private static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private async Task<string?> FindAsync(string uploadId, ArtifactPath? path, CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder.Staging, IsId(uploadId) ? uploadId : TargetFile);
        var target = Path.Combine(place, TargetFile);
        try
        {
            return await File.ReadAllTextAsync(target, cancellationToken) is var started && (path is null || started == path.Value.Value) ? place : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
