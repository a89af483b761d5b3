using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Runs as a whole: <c>/mlflow/runs/…</c>.</summary>
internal static class RunEndpoints
{
    public static void Map(Routes routes)
    {
        var (runs, search) = (routes.Domain.Runs, routes.Domain.RunSearch);
        routes.Post("runs/create", RunService.MayCreate, runs.CreateAsync, static run => new RunAnswer(run));
        routes.Get("runs/get", RunService.MayGet, runs.GetAsync, static run => new RunAnswer(run));
        routes.Post("runs/search", RunSearchService.MaySearch, search.SearchAsync, static page => new RunsPage(page.Items, page.NextPageToken));
        routes.Post("runs/update", RunService.MayUpdate, runs.UpdateAsync, static info => new RunInfoAnswer(info));
        routes.Post("runs/delete", RunService.MayDelete, runs.DeleteAsync);
        routes.Post("runs/restore", RunService.MayRestore, runs.RestoreAsync);
    }
}
