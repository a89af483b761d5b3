using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>
/// Grants of one user on one object, as the protocol's basic-auth clients manage them: <c>/mlflow/experiments/permissions/…</c> and
/// <c>/mlflow/registered-models/permissions/…</c>.
/// </summary>
internal static class UserPermissionEndpoints
{
    public static void Map(Routes routes)
    {
        const string E = "experiments/permissions/", M = "registered-models/permissions/";
        Guard<ExperimentPermissionRequest> experiment = new(Need.ExperimentManage, m => On.Experiment(m.ExperimentId));
        routes.Post<ExperimentPermissionRequest, ExperimentPermissionAnswer>(E + "create", experiment, CreateAsync);
        routes.Get(E + "get", new(Need.ExperimentManage, call => On.Experiment(call.Query.Text("experiment_id"))), GetExperimentAsync);
        routes.Patch<ExperimentPermissionRequest>(E + "update", experiment, UpdateAsync);
        routes.Delete<ExperimentPermissionRequest>(E + "delete", experiment, q => new(q.Text("experiment_id"), q.Text("username")), DeleteAsync);

        Guard<RegisteredModelPermissionRequest> model = new(Need.ModelManage, m => On.Model(m.Name));
        routes.Post<RegisteredModelPermissionRequest, RegisteredModelPermissionAnswer>(M + "create", model, CreateAsync);
        routes.Get(M + "get", new(Need.ModelManage, call => On.Model(call.Query.Text("name"))), GetModelAsync);
        routes.Patch<RegisteredModelPermissionRequest>(M + "update", model, UpdateAsync);
        routes.Delete<RegisteredModelPermissionRequest>(M + "delete", model, q => new(q.Text("name"), q.Text("username")), DeleteAsync);
    }

    private static async Task<ExperimentPermissionAnswer> CreateAsync(Call call, ExperimentPermissionRequest m)
    {
        var (user, permission) = await call.Services.UserPermissions.CreateAsync(On.Experiment(m.ExperimentId)[0], m.Username, m.Permission, call.Caller, call.Cancel);
        return new(new(m.ExperimentId!, user, permission));
    }

    private static async Task<ExperimentPermissionAnswer> GetExperimentAsync(Call call)
    {
        var id = call.Query.Text("experiment_id");
        var (user, permission) = await call.Services.UserPermissions.GetAsync(On.Experiment(id)[0], call.Query.Text("username"), call.Cancel);
        return new(new(id!, user, permission));
    }

    private static Task UpdateAsync(Call call, ExperimentPermissionRequest m) =>
        call.Services.UserPermissions.UpdateAsync(On.Experiment(m.ExperimentId)[0], m.Username, m.Permission, call.Caller, call.Cancel);

    private static Task DeleteAsync(Call call, ExperimentPermissionRequest m) =>
        call.Services.UserPermissions.DeleteAsync(On.Experiment(m.ExperimentId)[0], m.Username, call.Caller, call.Cancel);

    private static async Task<RegisteredModelPermissionAnswer> CreateAsync(Call call, RegisteredModelPermissionRequest m)
    {
        var (user, permission) = await call.Services.UserPermissions.CreateAsync(On.Model(m.Name)[0], m.Username, m.Permission, call.Caller, call.Cancel);
        return new(new(m.Name!, user, permission));
    }

    private static async Task<RegisteredModelPermissionAnswer> GetModelAsync(Call call)
    {
        var name = call.Query.Text("name");
        var (user, permission) = await call.Services.UserPermissions.GetAsync(On.Model(name)[0], call.Query.Text("username"), call.Cancel);
        return new(new(name!, user, permission));
    }

    private static Task UpdateAsync(Call call, RegisteredModelPermissionRequest m) =>
        call.Services.UserPermissions.UpdateAsync(On.Model(m.Name)[0], m.Username, m.Permission, call.Caller, call.Cancel);

    private static Task DeleteAsync(Call call, RegisteredModelPermissionRequest m) =>
        call.Services.UserPermissions.DeleteAsync(On.Model(m.Name)[0], m.Username, call.Caller, call.Cancel);
}
