using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Versions of registered models: <c>/mlflow/model-versions/…</c>.</summary>
internal static class ModelVersionEndpoints
{
    public static void Map(Routes routes)
    {
        // What the source names, the domain checks, which finds out what it names.
        routes.Post<CreateModelVersion, ModelVersionAnswer>(
            "model-versions/create",
            new Guard<CreateModelVersion>(Need.ModelEdit, m => On.Model(m.Name)).And(
                Need.ExperimentRead, m => [.. On.RunIfNamed(m.RunId), .. On.LoggedModelIfNamed(m.ModelId)]),
            CreateAsync);
        routes.Get("model-versions/get", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), GetAsync);
        routes.Get("model-versions/get-download-uri", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), GetDownloadUriAsync);
        routes.Get("model-versions/search", Need.ReadableOnly, SearchAsync);
        routes.Patch<UpdateModelVersion, ModelVersionAnswer>("model-versions/update", new(Need.ModelEdit, m => On.Model(m.Name)), UpdateAsync);
        routes.Post<TransitionStage, ModelVersionAnswer>("model-versions/transition-stage", new(Need.ModelTransition, m => On.Model(m.Name)), TransitionAsync);
        routes.Delete<ModelVersionRef>(
            "model-versions/delete", new(Need.ModelManage, m => On.Model(m.Name)), q => new(q.Text("name"), q.Text("version")), DeleteAsync);
        routes.Post<SetModelVersionTag>("model-versions/set-tag", new(Need.ModelEdit, m => On.Model(m.Name)), SetTagAsync);
        routes.Delete<DeleteModelVersionTag>(
            "model-versions/delete-tag",
            new(Need.ModelEdit, m => On.Model(m.Name)),
            q => new(q.Text("name"), q.Text("version"), q.Text("key")),
            DeleteTagAsync);
    }

    private static async Task<ModelVersionAnswer> CreateAsync(Call call, CreateModelVersion message) =>
        new(await call.Services.ModelVersions.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<ModelVersionAnswer> GetAsync(Call call) =>
        new(await call.Services.ModelVersions.GetAsync(call.Query.Text("name"), call.Query.Text("version"), call.Cancel));

    private static async Task<DownloadUriAnswer> GetDownloadUriAsync(Call call) =>
        new(await call.Services.ModelVersions.GetDownloadUriAsync(call.Query.Text("name"), call.Query.Text("version"), call.Cancel));

    private static async Task<ModelVersionsPage> SearchAsync(Call call)
    {
        var page = await call.Services.ModelVersions.SearchAsync(call.Query.RegistrySearch(), call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<ModelVersionAnswer> UpdateAsync(Call call, UpdateModelVersion message) =>
        new(await call.Services.ModelVersions.UpdateAsync(message, call.Caller, call.Cancel));

    private static async Task<ModelVersionAnswer> TransitionAsync(Call call, TransitionStage message) =>
        new(await call.Services.Review.TransitionAsync(message, call.Caller, call.Cancel));

    private static Task DeleteAsync(Call call, ModelVersionRef message) =>
        call.Services.ModelVersions.DeleteAsync(message, call.Caller, call.Cancel);

    private static Task SetTagAsync(Call call, SetModelVersionTag message) =>
        call.Services.ModelVersions.SetTagAsync(message, call.Caller, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteModelVersionTag message) =>
        call.Services.ModelVersions.DeleteTagAsync(message, call.Caller, call.Cancel);
}
