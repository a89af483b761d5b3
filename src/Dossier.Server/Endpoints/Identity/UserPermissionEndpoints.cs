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
        const string experiments = "experiments/permissions", models = "registered-models/permissions";
        var (experiment, model) = (UserPermissionService.MayManageExperiment, UserPermissionService.MayManageModel);
        routes.Post<ExperimentPermissionRequest, ExperimentPermissionAnswer>($"{experiments}/create", experiment, permissions.CreateAsync);
        routes.Get<ExperimentPermissionRequest, ExperimentPermissionAnswer>($"{experiments}/get", experiment, permissions.GetAsync);
        routes.Patch<ExperimentPermissionRequest>($"{experiments}/update", experiment, permissions.UpdateAsync);
        routes.Delete<ExperimentPermissionRequest>($"{experiments}/delete", experiment, permissions.DeleteAsync);
        routes.Post<RegisteredModelPermissionRequest, RegisteredModelPermissionAnswer>($"{models}/create", model, permissions.CreateAsync);
        routes.Get<RegisteredModelPermissionRequest, RegisteredModelPermissionAnswer>($"{models}/get", model, permissions.GetAsync);
        routes.Patch<RegisteredModelPermissionRequest>($"{models}/update", model, permissions.UpdateAsync);
        routes.Delete<RegisteredModelPermissionRequest>($"{models}/delete", model, permissions.DeleteAsync);
    }
}
