using Dossier.Core.Artifacts;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;

namespace Dossier.Server.Endpoints.Files;

/// <summary>Artifacts by the run or model version that owns them: the listing of a run, and the downloads that pages link to.</summary>
internal static class OwnedArtifactEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Get("artifacts/list", ArtifactService.MayListOfRun, routes.Domain.Artifacts.ListOfRunAsync);
        MapDownloads(routes);
    }

    /// <summary>The downloads alone: they stand at the server's root as well.</summary>
    public static void MapDownloads(Routes routes)
    {
        routes.MapDownload("get-artifact", ArtifactService.MayReadOfRun, routes.Domain.Artifacts.FileOfRunAsync);
        routes.MapDownload("model-versions/get-artifact", ArtifactService.MayReadOfVersion, routes.Domain.Artifacts.FileOfVersionAsync);
    }
}
