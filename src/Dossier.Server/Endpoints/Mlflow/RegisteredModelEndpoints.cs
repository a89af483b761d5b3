using Dossier.Core.Registry;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Registered models and their aliases: <c>/mlflow/registered-models/…</c>.</summary>
internal static class RegisteredModelEndpoints
{
    public static void Map(Routes routes)
    {
        var (models, versions) = (routes.Domain.RegisteredModels, routes.Domain.ModelVersions);
        routes.Post("registered-models/create", RegisteredModelService.MayCreate, models.CreateAsync, static model => new RegisteredModelAnswer(model));
        routes.Get("registered-models/get", RegisteredModelService.MayGet, models.GetAsync, static model => new RegisteredModelAnswer(model));
        routes.Get(
            "databricks/registered-models/get", RegisteredModelService.MayGet, models.GetDatabricksAsync,
            static model => new DatabricksRegisteredModelAnswer(model));
        routes.Get(
            "registered-models/search", RegisteredModelService.MaySearch, models.SearchAsync, static page => new RegisteredModelsPage(page.Items, page.NextPageToken));
        routes.Patch("registered-models/update", RegisteredModelService.MayUpdate, models.UpdateAsync, static model => new RegisteredModelAnswer(model));
        routes.Post("registered-models/rename", RegisteredModelService.MayRename, models.RenameAsync, static model => new RegisteredModelAnswer(model));
        routes.Delete("registered-models/delete", RegisteredModelService.MayDelete, models.DeleteAsync);
        routes.Post("registered-models/set-tag", RegisteredModelService.MaySetTag, models.SetTagAsync);
        routes.Delete("registered-models/delete-tag", RegisteredModelService.MayDeleteTag, models.DeleteTagAsync);
        routes.Post("registered-models/alias", RegisteredModelService.MaySetAlias, models.SetAliasAsync);
        routes.Delete("registered-models/alias", RegisteredModelService.MayDeleteAlias, models.DeleteAliasAsync);
        routes.Get("registered-models/alias", ModelVersionService.MayGetByAlias, versions.GetByAliasAsync, static version => new ModelVersionAnswer(version));
        routes.GetOrPost(
            "registered-models/get-latest-versions", ModelVersionService.MayGetLatest, versions.GetLatestAsync, static latest => new ModelVersionsPage(latest));
    }
}
