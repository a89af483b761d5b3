using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Experiments: <c>/mlflow/experiments/…</c>.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<CreateExperiment, ExperimentCreated>("experiments/create", CreateAsync).Needs(Need.FolderEdit);
        routes.Get("experiments/get", GetAsync).Needs(Need.ExperimentRead);
        routes.Get("experiments/get-by-name", GetByNameAsync).Needs(Need.ExperimentRead);
        routes.GetOrPost<SearchExperiments, ExperimentsPage>("experiments/search", SearchQuery, SearchAsync).Needs(Need.ReadableOnly);
        routes.Post<UpdateExperiment>("experiments/update", UpdateAsync).Needs(Need.ExperimentEdit);
        routes.Post<ExperimentRef>("experiments/delete", DeleteAsync).Needs(Need.FolderEdit);
        routes.Post<ExperimentRef>("experiments/restore", RestoreAsync).Needs(Need.FolderEdit);
        routes.Post<SetExperimentTag>("experiments/set-experiment-tag", SetTagAsync).Needs(Need.ExperimentEdit);
        routes.Post<DeleteExperimentTag>("experiments/delete-experiment-tag", DeleteTagAsync).Needs(Need.ExperimentEdit);
        routes.Post<SearchDatasets, DatasetsAnswer>("experiments/search-datasets", SearchDatasetsAsync).Needs(Need.ReadableOnly);
    }

    private static async Task<ExperimentCreated> CreateAsync(Call call, CreateExperiment message) =>
        new(await call.Services.Experiments.CreateAsync(message, call.Principal, call.Cancel));

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
        var page = await call.Services.Experiments.SearchAsync(message, call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static Task UpdateAsync(Call call, UpdateExperiment message) =>
        call.Services.Experiments.RenameAsync(message, call.Principal, call.Cancel);

    private static Task DeleteAsync(Call call, ExperimentRef message) =>
        call.Services.Experiments.DeleteAsync(message, call.Principal, call.Cancel);

    private static Task RestoreAsync(Call call, ExperimentRef message) =>
        call.Services.Experiments.RestoreAsync(message, call.Principal, call.Cancel);

    private static Task SetTagAsync(Call call, SetExperimentTag message) =>
        call.Services.Experiments.SetTagAsync(message, call.Principal, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteExperimentTag message) =>
        call.Services.Experiments.DeleteTagAsync(message, call.Principal, call.Cancel);

    private static async Task<DatasetsAnswer> SearchDatasetsAsync(Call call, SearchDatasets message) =>
        new(await call.Services.Experiments.SearchDatasetsAsync(message, call.Cancel));
}
