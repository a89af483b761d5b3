using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Artifacts by the run or model version that owns them: the listing of a run, and the downloads that pages link to.</summary>
internal static class OwnedArtifactEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Get("artifacts/list", ListOfRunAsync).Needs(Need.ExperimentRead);
        MapDownloads(routes);
    }

    /// <summary>The downloads alone: they stand at the server's root as well.</summary>
    public static void MapDownloads(Routes routes)
    {
        routes.MapDownload("get-artifact", OpenOfRunAsync).Needs(Need.ExperimentRead);
        routes.MapDownload("model-versions/get-artifact", OpenOfVersionAsync).Needs(Need.ModelRead);
    }

    private static Task<ArtifactsAnswer> ListOfRunAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Artifacts.ListOfRunAsync(query.Text("run_id"), query.Text("run_uuid"), query.Text("path"), call.Cancel);
    }

    private static async Task<Download> OpenOfRunAsync(Call call)
    {
        var query = call.Query;
        var path = query.Text("path");
        return new(path, await call.Services.Artifacts.OpenOfRunAsync(query.Text("run_id"), query.Text("run_uuid"), path, call.Cancel));
    }

    private static async Task<Download> OpenOfVersionAsync(Call call)
    {
        var query = call.Query;
        var path = query.Text("path");
        return new(path, await call.Services.Artifacts.OpenOfVersionAsync(query.Text("name"), query.Text("version"), path, call.Cancel));
    }
}
