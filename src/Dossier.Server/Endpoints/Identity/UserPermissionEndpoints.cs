using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Identity;

/// <summary>
/// Grants of one user on one object, as the protocol's basic-auth clients manage them: <c>/mlflow/experiments/permissions/…</c> and
/// <c>/mlflow/registered-models/permissions/…</c>.
/// </summary>
internal static class UserPermissionEndpoints
{
    public static void Map(Routes routes)
    {
        var permissions = routes.Domain.UserPermissions;
        const string Experiments = "experiments/permissions", Models = "registered-models/permissions";
        var (experiment, model) = (UserPermissionService.MayManageExperiment, UserPermissionService.MayManageModel);
        routes.Post<ExperimentPermissionRequest, ExperimentPermissionAnswer>($"{Experiments}/create", experiment, permissions.CreateAsync);
        routes.Get<ExperimentPermissionRequest, ExperimentPermissionAnswer>($"{Experiments}/get", experiment, permissions.GetAsync);
        routes.Patch<ExperimentPermissionRequest>($"{Experiments}/update", experiment, permissions.UpdateAsync);
        routes.Delete<ExperimentPermissionRequest>($"{Experiments}/delete", experiment, permissions.DeleteAsync);
        routes.Post<RegisteredModelPermissionRequest, RegisteredModelPermissionAnswer>($"{Models}/create", model, permissions.CreateAsync);
        routes.Get<RegisteredModelPermissionRequest, RegisteredModelPermissionAnswer>($"{Models}/get", model, permissions.GetAsync);
        routes.Patch<RegisteredModelPermissionRequest>($"{Models}/update", model, permissions.UpdateAsync);
        routes.Delete<RegisteredModelPermissionRequest>($"{Models}/delete", model, permissions.DeleteAsync);
    }
}
