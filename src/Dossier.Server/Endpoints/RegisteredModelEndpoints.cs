using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Registered models and their aliases: <c>/mlflow/registered-models/…</c>.</summary>
internal static class RegisteredModelEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateRegisteredModel, RegisteredModelAnswer>("registered-models/create", CreateAsync).Needs(Need.ModelCreate);
        routes.Get("registered-models/get", GetAsync).Needs(Need.ModelRead);
        routes.Get("registered-models/search", SearchAsync).Needs(Need.ReadableOnly);
        routes.Patch<UpdateRegisteredModel, RegisteredModelAnswer>("registered-models/update", UpdateAsync).Needs(Need.ModelEdit);
        routes.Post<RenameRegisteredModel, RegisteredModelAnswer>("registered-models/rename", RenameAsync).Needs(Need.ModelManage);
        routes.Delete<RegisteredModelRef>("registered-models/delete", q => new(q.Text("name")), DeleteAsync).Needs(Need.ModelManage);
        routes.Post<SetRegisteredModelTag>("registered-models/set-tag", SetTagAsync).Needs(Need.ModelEdit);
        routes.Delete<DeleteRegisteredModelTag>("registered-models/delete-tag", q => new(q.Text("name"), q.Text("key")), DeleteTagAsync)
            .Needs(Need.ModelEdit);
        routes.Post<SetModelAlias>("registered-models/alias", SetAliasAsync).Needs(Need.ModelTransition);
        routes.Delete<DeleteModelAlias>("registered-models/alias", q => new(q.Text("name"), q.Text("alias")), DeleteAliasAsync)
            .Needs(Need.ModelTransition);
        routes.Get("registered-models/alias", GetByAliasAsync).Needs(Need.ModelRead);
        routes.GetOrPost<GetLatestVersions, ModelVersionsPage>(
            "registered-models/get-latest-versions", q => new(q.Text("name"), q.List("stages")), GetLatestAsync).Needs(Need.ModelRead);
    }

    private static async Task<RegisteredModelAnswer> CreateAsync(Call call, CreateRegisteredModel message) =>
        new(await call.Services.RegisteredModels.CreateAsync(message, call.Principal, call.Cancel));

    private static async Task<RegisteredModelAnswer> GetAsync(Call call) =>
        new(await call.Services.RegisteredModels.GetAsync(call.Query.Text("name"), call.Cancel));

    private static async Task<RegisteredModelsPage> SearchAsync(Call call)
    {
        var page = await call.Services.RegisteredModels.SearchAsync(call.Query.RegistrySearch(), call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<RegisteredModelAnswer> UpdateAsync(Call call, UpdateRegisteredModel message) =>
        new(await call.Services.RegisteredModels.UpdateAsync(message, call.Principal, call.Cancel));

    private static async Task<RegisteredModelAnswer> RenameAsync(Call call, RenameRegisteredModel message) =>
        new(await call.Services.RegisteredModels.RenameAsync(message, call.Principal, call.Cancel));

    private static Task DeleteAsync(Call call, RegisteredModelRef message) =>
        call.Services.RegisteredModels.DeleteAsync(message, call.Principal, call.Cancel);

    private static Task SetTagAsync(Call call, SetRegisteredModelTag message) =>
        call.Services.RegisteredModels.SetTagAsync(message, call.Principal, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteRegisteredModelTag message) =>
        call.Services.RegisteredModels.DeleteTagAsync(message, call.Principal, call.Cancel);

    private static Task SetAliasAsync(Call call, SetModelAlias message) =>
        call.Services.RegisteredModels.SetAliasAsync(message, call.Principal, call.Cancel);

    private static Task DeleteAliasAsync(Call call, DeleteModelAlias message) =>
        call.Services.RegisteredModels.DeleteAliasAsync(message, call.Principal, call.Cancel);

    private static async Task<ModelVersionAnswer> GetByAliasAsync(Call call) =>
        new(await call.Services.ModelVersions.GetByAliasAsync(call.Query.Text("name"), call.Query.Text("alias"), call.Cancel));

    private static async Task<ModelVersionsPage> GetLatestAsync(Call call, GetLatestVersions message) =>
        new(await call.Services.ModelVersions.GetLatestAsync(message, call.Cancel));
}
