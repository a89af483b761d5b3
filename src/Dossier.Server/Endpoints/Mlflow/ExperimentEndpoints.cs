using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Experiments: <c>/mlflow/experiments/…</c>.</summary>
internal static class ExperimentEndpoints
{
    public static void Map(Routes routes)
    {
        var experiments = routes.Domain.Experiments;
        routes.Post("experiments/create", ExperimentService.MayCreate, experiments.CreateAsync, static id => new ExperimentCreated(id));
        routes.Get("experiments/get", ExperimentService.MayGet, experiments.GetAsync, static experiment => new ExperimentAnswer(experiment));
        routes.Get("experiments/get-by-name", ExperimentService.MayGetByName, experiments.GetByNameAsync, static experiment => new ExperimentAnswer(experiment));
        routes.GetOrPost(
            "experiments/search", ExperimentService.MaySearch, experiments.SearchAsync, static page => new ExperimentsPage(page.Items, page.NextPageToken));
        routes.Post("experiments/update", ExperimentService.MayRename, experiments.RenameAsync);
        routes.Post("experiments/delete", ExperimentService.MayDelete, experiments.DeleteAsync);
        routes.Post("experiments/restore", ExperimentService.MayRestore, experiments.RestoreAsync);
        routes.Post("experiments/set-experiment-tag", ExperimentService.MaySetTag, experiments.SetTagAsync);
        routes.Post("experiments/delete-experiment-tag", ExperimentService.MayDeleteTag, experiments.DeleteTagAsync);
        routes.Post(
            "experiments/search-datasets", ExperimentService.MaySearchDatasets, experiments.SearchDatasetsAsync, static datasets => new DatasetsAnswer(datasets));
    }
}
