using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Registered models and their aliases: <c>/mlflow/registered-models/…</c>.</summary>
internal static class RegisteredModelEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateRegisteredModel, RegisteredModelAnswer>("registered-models/create", new(Need.ModelCreate, _ => On.Registry), CreateAsync);
        routes.Get("registered-models/get", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), GetAsync);
        routes.Get("databricks/registered-models/get", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), GetDatabricksAsync);
        routes.Get("registered-models/search", Need.ReadableOnly, SearchAsync);
        routes.Patch<UpdateRegisteredModel, RegisteredModelAnswer>("registered-models/update", new(Need.ModelEdit, m => On.Model(m.Name)), UpdateAsync);
        routes.Post<RenameRegisteredModel, RegisteredModelAnswer>("registered-models/rename", new(Need.ModelManage, m => On.Model(m.Name)), RenameAsync);
        routes.Delete<RegisteredModelRef>("registered-models/delete", new(Need.ModelManage, m => On.Model(m.Name)), q => new(q.Text("name")), DeleteAsync);
        routes.Post<SetRegisteredModelTag>("registered-models/set-tag", new(Need.ModelEdit, m => On.Model(m.Name)), SetTagAsync);
        routes.Delete<DeleteRegisteredModelTag>(
            "registered-models/delete-tag", new(Need.ModelEdit, m => On.Model(m.Name)), q => new(q.Text("name"), q.Text("key")), DeleteTagAsync);
        routes.Post<SetModelAlias>("registered-models/alias", new(Need.ModelTransition, m => On.Model(m.Name)), SetAliasAsync);
        routes.Delete<DeleteModelAlias>(
            "registered-models/alias", new(Need.ModelTransition, m => On.Model(m.Name)), q => new(q.Text("name"), q.Text("alias")), DeleteAliasAsync);
        routes.Get("registered-models/alias", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), GetByAliasAsync);
        routes.GetOrPost<GetLatestVersions, ModelVersionsPage>(
            "registered-models/get-latest-versions", new(Need.ModelRead, m => On.Model(m.Name)), q => new(q.Text("name"), q.List("stages")), GetLatestAsync);
    }

    private static async Task<RegisteredModelAnswer> CreateAsync(Call call, CreateRegisteredModel message) =>
        new(await call.Services.RegisteredModels.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<RegisteredModelAnswer> GetAsync(Call call) =>
        new(await call.Services.RegisteredModels.GetAsync(call.Query.Text("name"), call.Cancel));

    private static async Task<DatabricksRegisteredModelAnswer> GetDatabricksAsync(Call call) =>
        new(await call.Services.RegisteredModels.GetDatabricksAsync(call.Query.Text("name"), call.Caller, call.Cancel));

    private static async Task<RegisteredModelsPage> SearchAsync(Call call)
    {
        var page = await call.Services.RegisteredModels.SearchAsync(call.Query.RegistrySearch(), call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<RegisteredModelAnswer> UpdateAsync(Call call, UpdateRegisteredModel message) =>
        new(await call.Services.RegisteredModels.UpdateAsync(message, call.Caller, call.Cancel));

    private static async Task<RegisteredModelAnswer> RenameAsync(Call call, RenameRegisteredModel message) =>
        new(await call.Services.RegisteredModels.RenameAsync(message, call.Caller, call.Cancel));

    private static Task DeleteAsync(Call call, RegisteredModelRef message) =>
        call.Services.RegisteredModels.DeleteAsync(message, call.Caller, call.Cancel);

    private static Task SetTagAsync(Call call, SetRegisteredModelTag message) =>
        call.Services.RegisteredModels.SetTagAsync(message, call.Caller, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteRegisteredModelTag message) =>
        call.Services.RegisteredModels.DeleteTagAsync(message, call.Caller, call.Cancel);

    private static Task SetAliasAsync(Call call, SetModelAlias message) =>
        call.Services.RegisteredModels.SetAliasAsync(message, call.Caller, call.Cancel);

    private static Task DeleteAliasAsync(Call call, DeleteModelAlias message) =>
        call.Services.RegisteredModels.DeleteAliasAsync(message, call.Caller, call.Cancel);

    private static async Task<ModelVersionAnswer> GetByAliasAsync(Call call) =>
        new(await call.Services.ModelVersions.GetByAliasAsync(call.Query.Text("name"), call.Query.Text("alias"), call.Cancel));

    private static async Task<ModelVersionsPage> GetLatestAsync(Call call, GetLatestVersions message) =>
        new(await call.Services.ModelVersions.GetLatestAsync(message, call.Cancel));
}
