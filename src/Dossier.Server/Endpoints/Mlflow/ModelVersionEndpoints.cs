using Dossier.Core.Registry;
using Dossier.Core.Review;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Versions of registered models: <c>/mlflow/model-versions/…</c>.</summary>
internal static class ModelVersionEndpoints
{
    public static void Map(Routes routes)
    {
        var versions = routes.Domain.ModelVersions;
        routes.Post("model-versions/create", ModelVersionService.MayCreate, versions.CreateAsync, static version => new ModelVersionAnswer(version));
        routes.Get("model-versions/get", ModelVersionService.MayGet, versions.GetAsync, static version => new ModelVersionAnswer(version));
        routes.Get("model-versions/get-download-uri", ModelVersionService.MayGet, versions.GetDownloadUriAsync, static uri => new DownloadUriAnswer(uri));
        routes.Get("model-versions/search", ModelVersionService.MaySearch, versions.SearchAsync, static page => new ModelVersionsPage(page.Items, page.NextPageToken));
        routes.Patch("model-versions/update", ModelVersionService.MayUpdate, versions.UpdateAsync, static version => new ModelVersionAnswer(version));
        routes.Post(
            "model-versions/transition-stage", ReviewService.MayTransition, routes.Domain.Review.TransitionAsync, static version => new ModelVersionAnswer(version));
        routes.Delete("model-versions/delete", ModelVersionService.MayDelete, versions.DeleteAsync);
        routes.Post("model-versions/set-tag", ModelVersionService.MaySetTag, versions.SetTagAsync);
        routes.Delete("model-versions/delete-tag", ModelVersionService.MayDeleteTag, versions.DeleteTagAsync);
    }
}
