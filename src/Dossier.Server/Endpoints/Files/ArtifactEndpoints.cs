using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Audit;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Artifacts by their path in the server's store: <c>/mlflow-artifacts/artifacts/…</c>.</summary>
internal static class ArtifactEndpoints
{
    private const string Files = "/mlflow-artifacts/artifacts";

    public static void Map(Routes routes)
    {
        routes.Get("artifacts", new(Need.ExperimentRead, call => On.Artifact(ArtifactPath.Parse(call.Query.Text("path")))), ListAsync);
        routes.MapDownload("artifacts/{**path}", new(Need.ExperimentRead, Named), OpenAsync);
        routes.Map("artifacts/{**path}", [HttpMethods.Put], new(Need.ExperimentEdit, Named), UploadAsync);
        routes.Delete("artifacts/{**path}", new(Need.ExperimentEdit, Named), DeleteAsync);
    }

    private static IReadOnlyList<AccessObject> Named(Call call) => On.Artifact(RawPath.After(call.Http, Files));

    private static async Task<ArtifactsAnswer> ListAsync(Call call) =>
        new(null, await call.Services.ArtifactStore.ListAsync(ArtifactPath.Parse(call.Query.Text("path")), call.Cancel));

    private static async Task<Download> OpenAsync(Call call)
    {
        var path = RawPath.After(call.Http, Files);
        return new(path.Value, ArtifactOwner.Of(path), await call.Services.ArtifactStore.OpenAsync(path, call.Cancel) ?? throw NotFound(path));
    }

    private static async Task UploadAsync(Call call)
    {
        var path = RawPath.After(call.Http, Files);
        await call.Services.ArtifactStore.WriteAsync(path, Upload.Open(call.Http), call.Cancel);
        call.Trail.Wrote(call.Caller.Name, path);
        await AnswerWriter.WriteEmptyAsync(call.Http.Response);
    }

    private static async Task DeleteAsync(Call call)
    {
        var path = RawPath.After(call.Http, Files);
        if (!await call.Services.ArtifactStore.DeleteAsync(path, call.Cancel))
        {
            throw NotFound(path);
        }

        call.Trail.Deleted(call.Caller.Name, path);
    }

    private static ProtocolException NotFound(ArtifactPath path) => ProtocolException.NotFound($"No artifact file '{path}'.");
}
