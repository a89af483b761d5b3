using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Versions of registered models: <c>/mlflow/model-versions/…</c>.</summary>
internal static class ModelVersionEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateModelVersion, ModelVersionAnswer>("model-versions/create", CreateAsync).Needs(Need.ModelEdit);
        routes.Get("model-versions/get", GetAsync).Needs(Need.ModelRead);
        routes.Get("model-versions/get-download-uri", GetDownloadUriAsync).Needs(Need.ModelRead);
        routes.Get("model-versions/search", SearchAsync).Needs(Need.ReadableOnly);
        routes.Patch<UpdateModelVersion, ModelVersionAnswer>("model-versions/update", UpdateAsync).Needs(Need.ModelEdit);
        routes.Post<TransitionStage, ModelVersionAnswer>("model-versions/transition-stage", TransitionAsync).Needs(Need.ModelTransition);
        routes.Delete<ModelVersionRef>("model-versions/delete", q => new(q.Text("name"), q.Text("version")), DeleteAsync).Needs(Need.ModelManage);
        routes.Post<SetModelVersionTag>("model-versions/set-tag", SetTagAsync).Needs(Need.ModelEdit);
        routes.Delete<DeleteModelVersionTag>(
            "model-versions/delete-tag", q => new(q.Text("name"), q.Text("version"), q.Text("key")), DeleteTagAsync).Needs(Need.ModelEdit);
    }

    private static async Task<ModelVersionAnswer> CreateAsync(Call call, CreateModelVersion message) =>
        new(await call.Services.ModelVersions.CreateAsync(message, call.Principal, call.Cancel));

    private static async Task<ModelVersionAnswer> GetAsync(Call call) =>
        new(await call.Services.ModelVersions.GetAsync(call.Query.Text("name"), call.Query.Text("version"), call.Cancel));

    private static async Task<DownloadUriAnswer> GetDownloadUriAsync(Call call) =>
        new(await call.Services.ModelVersions.GetDownloadUriAsync(call.Query.Text("name"), call.Query.Text("version"), call.Cancel));

    private static async Task<ModelVersionsPage> SearchAsync(Call call)
    {
        var page = await call.Services.ModelVersions.SearchAsync(call.Query.RegistrySearch(), call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<ModelVersionAnswer> UpdateAsync(Call call, UpdateModelVersion message) =>
        new(await call.Services.ModelVersions.UpdateAsync(message, call.Principal, call.Cancel));

    private static async Task<ModelVersionAnswer> TransitionAsync(Call call, TransitionStage message) =>
        new(await call.Services.ModelVersions.TransitionAsync(message, call.Principal, call.Cancel));

    private static Task DeleteAsync(Call call, ModelVersionRef message) =>
        call.Services.ModelVersions.DeleteAsync(message, call.Principal, call.Cancel);

    private static Task SetTagAsync(Call call, SetModelVersionTag message) =>
        call.Services.ModelVersions.SetTagAsync(message, call.Principal, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteModelVersionTag message) =>
        call.Services.ModelVersions.DeleteTagAsync(message, call.Principal, call.Cancel);
}
