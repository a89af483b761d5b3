using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Experiments: <c>/mlflow/experiments/…</c>.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateExperiment, ExperimentCreated>("experiments/create", new(Need.FolderEdit, (m, call) => On.FolderFor(m.Name, call.Caller)), CreateAsync);
        routes.Get("experiments/get", new(Need.ExperimentRead, call => On.Experiment(call.Query.Text("experiment_id"))), GetAsync);
        routes.Get("experiments/get-by-name", new(Need.ExperimentRead, call => On.ExperimentNamed(call.Query.Text("experiment_name"))), GetByNameAsync);
        routes.GetOrPost<SearchExperiments, ExperimentsPage>("experiments/search", Need.ReadableOnly, SearchQuery, SearchAsync);
        routes.Post<UpdateExperiment>("experiments/update", new(Need.ExperimentEdit, m => On.Experiment(m.ExperimentId)), UpdateAsync);
        routes.Post<ExperimentRef>("experiments/delete", new(Need.FolderEdit, m => On.FolderOf(m.ExperimentId)), DeleteAsync);
        routes.Post<ExperimentRef>("experiments/restore", new(Need.FolderEdit, m => On.FolderOf(m.ExperimentId)), RestoreAsync);
        routes.Post<SetExperimentTag>("experiments/set-experiment-tag", new(Need.ExperimentEdit, m => On.Experiment(m.ExperimentId)), SetTagAsync);
        routes.Post<DeleteExperimentTag>("experiments/delete-experiment-tag", new(Need.ExperimentEdit, m => On.Experiment(m.ExperimentId)), DeleteTagAsync);
        routes.Post<SearchDatasets, DatasetsAnswer>("experiments/search-datasets", Need.ReadableOnly, SearchDatasetsAsync);
    }

    private static async Task<ExperimentCreated> CreateAsync(Call call, CreateExperiment message) =>
        new(await call.Services.Experiments.CreateAsync(message, call.Caller, call.Cancel));

    private static async Task<ExperimentAnswer> GetAsync(Call call) =>
        new(await call.Services.Experiments.GetAsync(call.Query.Text("experiment_id"), call.Cancel));

    private static async Task<ExperimentAnswer> GetByNameAsync(Call call) =>
        new(await call.Services.Experiments.GetByNameAsync(call.Query.Text("experiment_name"), call.Cancel));

    private static SearchExperiments SearchQuery(Query query) => new()
    {
        MaxResults = query.Integer("max_results"),
        PageToken = query.Text("page_token"),
        Filter = query.Text("filter"),
        OrderBy = query.List("order_by"),
        ViewType = query.View("view_type"),
    };

    private static async Task<ExperimentsPage> SearchAsync(Call call, SearchExperiments message)
    {
        var page = await call.Services.Experiments.SearchAsync(message, call.Caller, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static Task UpdateAsync(Call call, UpdateExperiment message) =>
        call.Services.Experiments.RenameAsync(message, call.Caller, call.Cancel);

    private static Task DeleteAsync(Call call, ExperimentRef message) =>
        call.Services.Experiments.DeleteAsync(message, call.Caller, call.Cancel);

    private static Task RestoreAsync(Call call, ExperimentRef message) =>
        call.Services.Experiments.RestoreAsync(message, call.Caller, call.Cancel);

    private static Task SetTagAsync(Call call, SetExperimentTag message) =>
        call.Services.Experiments.SetTagAsync(message, call.Caller, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteExperimentTag message) =>
        call.Services.Experiments.DeleteTagAsync(message, call.Caller, call.Cancel);

    private static async Task<DatasetsAnswer> SearchDatasetsAsync(Call call, SearchDatasets message) =>
        new(await call.Services.Experiments.SearchDatasetsAsync(message, call.Caller, call.Cancel));
}
