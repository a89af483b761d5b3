using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Runs as a whole: <c>/mlflow/runs/…</c>.</summary>
internal static class RunEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateRun, RunAnswer>("runs/create", CreateAsync).Needs(Need.ExperimentEdit);
        routes.Get("runs/get", GetAsync).Needs(Need.ExperimentRead);
        routes.Post<SearchRuns, RunsPage>("runs/search", SearchAsync).Needs(Need.ReadableOnly);
        routes.Post<UpdateRun, RunInfoAnswer>("runs/update", UpdateAsync).Needs(Need.ExperimentEdit);
        routes.Post<RunRef>("runs/delete", DeleteAsync).Needs(Need.ExperimentEdit);
        routes.Post<RunRef>("runs/restore", RestoreAsync).Needs(Need.ExperimentEdit);
    }

    private static async Task<RunAnswer> CreateAsync(Call call, CreateRun message) =>
        new(await call.Services.Runs.CreateAsync(message, call.Principal, call.Cancel));

    private static async Task<RunAnswer> GetAsync(Call call) =>
        new(await call.Services.Runs.GetAsync(call.Query.Text("run_id"), call.Query.Text("run_uuid"), call.Cancel));

    private static async Task<RunsPage> SearchAsync(Call call, SearchRuns message)
    {
        var page = await call.Services.RunSearch.SearchAsync(message, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<RunInfoAnswer> UpdateAsync(Call call, UpdateRun message) =>
        new(await call.Services.Runs.UpdateAsync(message, call.Principal, call.Cancel));

    private static Task DeleteAsync(Call call, RunRef message) => call.Services.Runs.DeleteAsync(message, call.Principal, call.Cancel);

    private static Task RestoreAsync(Call call, RunRef message) => call.Services.Runs.RestoreAsync(message, call.Principal, call.Cancel);
}
