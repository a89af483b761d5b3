using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Artifacts by their path in the server's store: <c>/mlflow-artifacts/artifacts/…</c>.</summary>
internal static class ArtifactEndpoints
{
    private const string Files = "/mlflow-artifacts/artifacts";

    public static void Map(Routes routes)
    {
        routes.Get("artifacts", new(Need.ExperimentRead, call => On.Artifact(ArtifactPath.Parse(call.Query.Text("path")))), ListAsync);
        routes.MapDownload("artifacts/{**path}", new(Need.ExperimentRead, Named), FindAsync);
        routes.Map("artifacts/{**path}", [HttpMethods.Put], new(Need.ExperimentEdit, Named), UploadAsync);
        routes.Delete("artifacts/{**path}", new(Need.ExperimentEdit, Named), DeleteAsync);
    }

    private static IReadOnlyList<AccessObject> Named(Call call) => On.Artifact(RawPath.After(call.Http, Files));

    private static Task<ArtifactsAnswer> ListAsync(Call call) =>
        call.Services.Artifacts.ListAsync(ArtifactPath.Parse(call.Query.Text("path")), call.Cancel);

    private static Task<ServedFile> FindAsync(Call call) => Task.FromResult(call.Services.Artifacts.File(RawPath.After(call.Http, Files)));

    private static async Task UploadAsync(Call call)
    {
        var path = RawPath.After(call.Http, Files);
        await call.Services.Artifacts.WriteAsync(path, Upload.Open(call.Http), call.Cancel);
        call.Services.Trail.Wrote(call.Caller.Name, path);
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    }

    private static Task DeleteAsync(Call call)
    {
        var path = RawPath.After(call.Http, Files);
        return call.Services.Artifacts.DeleteAsync(path, () => call.Services.Trail.Deleted(call.Caller.Name, path), call.Cancel);
    }
}
