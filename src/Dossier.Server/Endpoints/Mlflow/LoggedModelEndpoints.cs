using Dossier.Core.Artifacts;
using Dossier.Core.LoggedModels;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Logged models (3.x clients): <c>/mlflow/logged-models/…</c>. The id in the path counts, not one that a body repeats.</summary>
internal static class LoggedModelEndpoints
{
    public static void Map(Routes routes)
    {
        const string One = "logged-models/{model_id}";
        var models = routes.Domain.LoggedModels;
        routes.Post("logged-models", LoggedModelService.MayCreate, models.CreateAsync, static model => new LoggedModelAnswer(model));
        routes.Post("logged-models/search", LoggedModelService.MaySearch, models.SearchAsync, static page => new LoggedModelsPage(page.Items, page.NextPageToken));
        routes.Get(One, LoggedModelService.MayGet, models.GetAsync, static model => new LoggedModelAnswer(model));
        routes.Patch(
            One, LoggedModelService.MayFinalize, models.FinalizeAsync, static model => new LoggedModelAnswer(model),
            bind: static (m, call) => m with { ModelId = call.Route("model_id") });
        routes.Delete(One, LoggedModelService.MayDelete, models.DeleteAsync);
        routes.Patch(
            $"{One}/tags", LoggedModelService.MaySetTags, models.SetTagsAsync, bind: static (m, call) => m with { ModelId = call.Route("model_id") });
        // Keys may have slashes, which some clients encode and some don't.
        routes.Delete($"{One}/tags/{{**tag_key}}", LoggedModelService.MayDeleteTag, models.DeleteTagAsync);
        routes.Post(
            $"{One}/params", LoggedModelService.MayLogParams, models.LogParamsAsync, bind: static (m, call) => m with { ModelId = call.Route("model_id") });
        routes.Get($"{One}/artifacts/directories", ArtifactService.MayListOfLoggedModel, routes.Domain.Artifacts.ListOfLoggedModelAsync);
        routes.MapDownload($"{One}/artifacts/files", ArtifactService.MayReadOfLoggedModel, routes.Domain.Artifacts.FileOfLoggedModelAsync);
    }
}
