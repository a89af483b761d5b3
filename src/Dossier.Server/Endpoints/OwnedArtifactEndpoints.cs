using Dossier.Core.Access;
using Dossier.Core.Artifacts;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Dossier.Server.Http.Files;

namespace Dossier.Server.Endpoints;

/// <summary>Artifacts by the run or model version that owns them: the listing of a run, and the downloads that pages link to.</summary>
internal static class OwnedArtifactEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Get("artifacts/list", new(Need.ExperimentRead, Run), ListOfRunAsync);
        MapDownloads(routes);
    }

    /// <summary>The downloads alone: they stand at the server's root as well.</summary>
    public static void MapDownloads(Routes routes)
    {
        routes.MapDownload("get-artifact", new(Need.ExperimentRead, Run), FileOfRunAsync);
        routes.MapDownload("model-versions/get-artifact", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), FileOfVersionAsync);
    }

    private static IReadOnlyList<AccessObject> Run(Call call) => On.Run(call.Query.Text("run_id"), call.Query.Text("run_uuid"));

    private static Task<ArtifactsAnswer> ListOfRunAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Artifacts.ListOfRunAsync(
            query.Text("run_id"), query.Text("run_uuid"), query.Text("path"), query.Text("page_token"), call.Cancel);
    }

    private static Task<ServedFile> FileOfRunAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Artifacts.FileOfRunAsync(query.Text("run_id"), query.Text("run_uuid"), query.Text("path"), call.Cancel);
    }

    private static Task<ServedFile> FileOfVersionAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Artifacts.FileOfVersionAsync(query.Text("name"), query.Text("version"), query.Text("path"), call.Cancel);
    }
}
