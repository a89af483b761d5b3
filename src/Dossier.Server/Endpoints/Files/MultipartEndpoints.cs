using System.Globalization;
using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints.Files;

/// <summary>
/// Multipart uploads: <c>/mlflow-artifacts/mpu/…</c>. The path in the URL is the folder; the file's name is the last part of the
/// client's local path in the body. Where the artifact store has parts sent here, clients send no credentials with them: the unguessable upload id is one.
/// </summary>
internal static class MultipartEndpoints
{
    private const string PartsPath = "/api/2.0/mlflow-artifacts/mpu/parts";

    public static void Map(Routes routes)
    {
        routes.Handle(
            "mpu/create/{**path}", HttpMethods.Post, ArtifactService.MayCreateUpload, CreateAsync,
            bind: static (m, call) => m with { Path = PathOf(call, "create", m.Path) });
        routes.Map("mpu/parts/{upload_id}/{part_number}", [HttpMethods.Put], Need.UploadId, PutPartAsync);
        routes.Handle(
            "mpu/complete/{**path}", HttpMethods.Post, ArtifactService.MayCompleteUpload, CompleteAsync,
            bind: static (m, call) => m with { Path = PathOf(call, "complete", m.Path) });
        routes.Post(
            "mpu/abort/{**path}", ArtifactService.MayAbortUpload, routes.Domain.Artifacts.AbortUploadAsync,
            bind: static (m, call) => m with { Path = PathOf(call, "abort", m.Path) });
    }

    private static Task<MultipartUpload> CreateAsync(Call call, Granted<CreateMultipartUpload> request)
    {
        var http = call.Http.Request;
        return http.Host.HasValue
            ? call.Services.Artifacts.CreateUploadAsync(request, $"{http.Scheme}://{http.Host}{http.PathBase}{PartsPath}", call.Cancel)
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

    private static async Task CompleteAsync(Call call, Granted<CompleteMultipartUpload> request)
    {
        await call.Services.Artifacts.CompleteUploadAsync(request, call.Cancel);
        call.Trail.Wrote(call.Caller.Name, ArtifactPath.Parse(request.Message.Path));
    }

    // The whole path in the store: that of the URL, and the name of the client's file.
    private static string PathOf(Call call, string step, string? localPath)
    {
        var name = (localPath ?? throw ProtocolException.Missing("path")).Split('/', '\\')[^1];
        return name.Length > 0
            ? RawPath.After(call.Http, $"/mlflow-artifacts/mpu/{step}").Append(name).Value
            : throw ProtocolException.Invalid("Invalid value for parameter 'path' supplied: it must end in the file's name.");
    }
}
