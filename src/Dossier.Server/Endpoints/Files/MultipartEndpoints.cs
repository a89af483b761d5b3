using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints;

/// <summary>
/// Multipart uploads: <c>/mlflow-artifacts/mpu/…</c>. The path in the URL is the folder; the file's name is the last part of the
/// client's local path in the body. Parts are put back at this server, under the unguessable upload id, by clients that send no credentials with them.
/// </summary>
internal static class MultipartEndpoints
{
    private const int MaxParts = 10_000;
    private const string PartsPath = "/api/2.0/mlflow-artifacts/mpu/parts";

    public static void Map(Routes routes)
    {
        routes.Post<CreateMultipartUpload, MultipartUpload>(
            "mpu/create/{**path}", new(Need.ExperimentEdit, (m, call) => On.Artifact(PathOf(call, "create", m.Path))), CreateAsync);
        routes.Map("mpu/parts/{upload_id}/{part_number}", [HttpMethods.Put], Need.UploadId, PutPartAsync);
        routes.Post<CompleteMultipartUpload>(
            "mpu/complete/{**path}", new(Need.ExperimentEdit, (m, call) => On.Artifact(PathOf(call, "complete", m.Path))), CompleteAsync);
        routes.Post<AbortMultipartUpload>(
            "mpu/abort/{**path}", new(Need.ExperimentEdit, (m, call) => On.Artifact(PathOf(call, "abort", m.Path))), AbortAsync);
    }

    private static async Task<MultipartUpload> CreateAsync(Call call, CreateMultipartUpload message)
    {
        var path = PathOf(call, "create", message.Path);
        var count = message.NumParts ?? throw ProtocolException.Missing("num_parts");
        if (count is < 1 or > MaxParts)
        {
            throw ProtocolException.InvalidValue(
                count.ToString(CultureInfo.InvariantCulture), "num_parts", $"it must be from 1 to {MaxParts}.");
        }

        var request = call.Http.Request;
        if (!request.Host.HasValue)
        {
            throw new ProtocolException(ErrorCode.BadRequest, "The request has no Host header, which the URLs of the parts are made of.");
        }

        var uploadId = await call.Services.ArtifactStore.CreateUploadAsync(path, call.Cancel);
        return new(uploadId, [.. Enumerable.Range(1, (int)count).Select(number => new PartCredential
        {
            Url = string.Create(CultureInfo.InvariantCulture, $"{request.Scheme}://{request.Host}{request.PathBase}{PartsPath}/{uploadId}/{number}"),
            PartNumber = number,
        })]);
    }

    private static async Task PutPartAsync(Call call)
    {
        if (!int.TryParse(call.Route("part_number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw ProtocolException.Invalid("Invalid value for parameter 'part_number' supplied: it must be an integer.");
        }

        var etag = await call.Services.ArtifactStore.WritePartAsync(call.Route("upload_id"), number, Upload.Open(call.Http), call.Cancel);
        call.Http.Response.Headers.ETag = $"\"{etag}\"";
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    }

    private static async Task CompleteAsync(Call call, CompleteMultipartUpload message)
    {
        var path = PathOf(call, "complete", message.Path);
        await call.Services.ArtifactStore.CompleteUploadAsync(
            path, IdOf(message.UploadId), message.Parts ?? throw ProtocolException.Missing("parts"), call.Cancel);
        call.Trail.Wrote(call.Caller.Name, path);
    }

    private static Task AbortAsync(Call call, AbortMultipartUpload message) =>
        call.Services.ArtifactStore.AbortUploadAsync(PathOf(call, "abort", message.Path), IdOf(message.UploadId), call.Cancel);

    private static ArtifactPath PathOf(Call call, string step, string? localPath)
    {
        var name = (localPath ?? throw ProtocolException.Missing("path")).Split('/', '\\')[^1];
        return name.Length > 0
            ? RawPath.After(call.Http, $"/mlflow-artifacts/mpu/{step}").Append(name)
            : throw ProtocolException.Invalid("Invalid value for parameter 'path' supplied: it must end in the file's name.");
    }

    private static string IdOf(string? uploadId) => uploadId ?? throw ProtocolException.Missing("upload_id");
}
