using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints.Files;

/// <summary>Artifacts by their path in the server's store: <c>/mlflow-artifacts/artifacts/…</c>.</summary>
internal static class ArtifactEndpoints
{
    private const string Root = "/mlflow-artifacts/artifacts";
    private const string One = "artifacts/{**path}";

    public static void Map(Routes routes)
    {
        routes.Get("artifacts", ArtifactService.MayList, routes.Domain.Artifacts.ListAsync);
        routes.MapDownload(One, ArtifactService.MayRead, routes.Domain.Artifacts.FileAsync, static call => new ReadArtifact(PathOf(call)));
        routes.Map(One, [HttpMethods.Put], ArtifactService.MayWrite, static call => new(new WriteArtifact(PathOf(call))), UploadAsync);
        routes.Map(One, [HttpMethods.Delete], ArtifactService.MayDelete, static call => new(new DeleteArtifact(PathOf(call))), DeleteAsync);
    }

    private static string PathOf(Call call) => RawPath.After(call.Http, Root).Value;

    private static async Task UploadAsync(Call call, Granted<WriteArtifact> request)
    {
        await call.Services.Artifacts.WriteAsync(request, Upload.Open(call.Http), call.Cancel);
        call.Trail.Wrote(call.Caller.Name, ArtifactPath.Parse(request.Message.Path));
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    }

    private static async Task DeleteAsync(Call call, Granted<DeleteArtifact> request)
    {
        var (trail, caller) = (call.Trail, call.Caller);
        await call.Services.Artifacts.DeleteAsync(request, () => trail.Deleted(caller.Name, ArtifactPath.Parse(request.Message.Path)), call.Cancel);
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    }
}
