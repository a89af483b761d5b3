using System.Globalization;
using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Audit;
using Dossier.Server.Http;

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
        routes.MapDownload("get-artifact", new(Need.ExperimentRead, Run), OpenOfRunAsync);
        routes.MapDownload("model-versions/get-artifact", new(Need.ModelRead, call => On.Model(call.Query.Text("name"))), OpenOfVersionAsync);
    }

    private static IReadOnlyList<AccessObject> Run(Call call) => On.Run(call.Query.Text("run_id"), call.Query.Text("run_uuid"));

    private static Task<ArtifactsAnswer> ListOfRunAsync(Call call)
    {
        var query = call.Query;
        return call.Services.Artifacts.ListOfRunAsync(query.Text("run_id"), query.Text("run_uuid"), query.Text("path"), call.Cancel);
    }

    private static async Task<Download> OpenOfRunAsync(Call call)
    {
        var query = call.Query;
        var path = query.Text("path");
        var (id, uuid) = (query.Text("run_id"), query.Text("run_uuid"));
        var content = await call.Services.Artifacts.OpenOfRunAsync(id, uuid, path, call.Cancel);
        return new(path, ArtifactOwner.Run(string.IsNullOrEmpty(id) ? uuid! : id), content);
    }

    private static async Task<Download> OpenOfVersionAsync(Call call)
    {
        var query = call.Query;
        var path = query.Text("path");
        var (name, version) = (query.Text("name"), query.Text("version"));
        var content = await call.Services.Artifacts.OpenOfVersionAsync(name, version, path, call.Cancel);
        return new(path, ArtifactOwner.ModelVersion(name!, int.Parse(version!, CultureInfo.InvariantCulture)), content);
    }
}
