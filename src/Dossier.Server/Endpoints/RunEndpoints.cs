using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Runs as a whole: <c>/mlflow/runs/…</c>.</summary>
internal static class RunEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateRun, RunAnswer>("runs/create", new(Need.ExperimentEdit, m => On.ExperimentOrDefault(m.ExperimentId)), CreateAsync);
        routes.Get("runs/get", new(Need.ExperimentRead, call => On.Run(call.Query.Text("run_id"), call.Query.Text("run_uuid"))), GetAsync);
        routes.Post<SearchRuns, RunsPage>("runs/search", Need.ReadableOnly, SearchAsync);
        routes.Post<UpdateRun, RunInfoAnswer>("runs/update", new(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)), UpdateAsync);
        routes.Post<RunRef>("runs/delete", new(Need.ExperimentEdit, m => On.Run(m.RunId)), DeleteAsync);
        routes.Post<RunRef>("runs/restore", new(Need.ExperimentEdit, m => On.Run(m.RunId)), RestoreAsync);
    }

    private static async Task<RunAnswer> CreateAsync(Call call, CreateRun message) =>
        new(await call.Services.Runs.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<RunAnswer> GetAsync(Call call) =>
        new(await call.Services.Runs.GetAsync(call.Query.Text("run_id"), call.Query.Text("run_uuid"), call.Cancel));

    private static async Task<RunsPage> SearchAsync(Call call, SearchRuns message)
    {
        var page = await call.Services.RunSearch.SearchAsync(message, call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<RunInfoAnswer> UpdateAsync(Call call, UpdateRun message) =>
        new(await call.Services.Runs.UpdateAsync(message, call.Caller, call.Cancel));

    private static Task DeleteAsync(Call call, RunRef message) => call.Services.Runs.DeleteAsync(message, call.Caller, call.Cancel);

    private static Task RestoreAsync(Call call, RunRef message) => call.Services.Runs.RestoreAsync(message, call.Caller, call.Cancel);
}
