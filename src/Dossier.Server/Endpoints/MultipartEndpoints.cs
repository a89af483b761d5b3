using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints;

/// <summary>
/// Multipart uploads: <c>/mlflow-artifacts/mpu/…</c>. The path in the URL is the folder; the file's name is the last part of the
/// client's local path in the body. Where the artifact store has parts sent here, clients send no credentials with them: the unguessable upload id is one.
/// </summary>
internal static class MultipartEndpoints
{
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
        var request = call.Http.Request;
        return request.Host.HasValue
            ? await call.Services.Artifacts.CreateUploadAsync(
                path, message.NumParts, $"{request.Scheme}://{request.Host}{request.PathBase}{PartsPath}", call.Cancel)
            : throw new ProtocolException(ErrorCode.BadRequest, "The request has no Host header, which the URLs of the parts are made from.");
    }

    private static async Task PutPartAsync(Call call)
    {
        if (!int.TryParse(call.Route("part_number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw ProtocolException.Invalid("Invalid value for parameter 'part_number' supplied: it must be an integer.");
        }

        var etag = await call.Services.Artifacts.WritePartAsync(call.Route("upload_id"), number, Upload.Open(call.Http), call.Cancel);
        call.Http.Response.Headers.ETag = $"\"{etag}\"";
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    }

    private static async Task CompleteAsync(Call call, CompleteMultipartUpload message)
    {
        var path = PathOf(call, "complete", message.Path);
        await call.Services.Artifacts.CompleteUploadAsync(path, message.UploadId, message.Parts, call.Cancel);
        call.Services.Trail.Wrote(call.Caller.Name, path);
    }

    private static Task AbortAsync(Call call, AbortMultipartUpload message) =>
        call.Services.Artifacts.AbortUploadAsync(PathOf(call, "abort", message.Path), message.UploadId, call.Cancel);

    private static ArtifactPath PathOf(Call call, string step, string? localPath)
    {
        var name = (localPath ?? throw ProtocolException.Missing("path")).Split('/', '\\')[^1];
        return name.Length > 0
            ? RawPath.After(call.Http, $"/mlflow-artifacts/mpu/{step}").Append(name)
            : throw ProtocolException.Invalid("Invalid value for parameter 'path' supplied: it must end in the file's name.");
    }
}
