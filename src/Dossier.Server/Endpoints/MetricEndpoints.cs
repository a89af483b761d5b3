using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>Metric histories: <c>/mlflow/metrics/…</c>.</summary>
internal static class MetricEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Get("metrics/get-history", new(Need.ExperimentRead, call => On.Run(call.Query.Text("run_id"), call.Query.Text("run_uuid"))), GetAsync);
        routes.Get("metrics/get-history-bulk", new(Need.ExperimentRead, call => On.Runs(call.Query.List("run_id"), "run_id")), GetBulkAsync);
        routes.Get("metrics/get-history-bulk-interval", new(Need.ExperimentRead, call => On.Runs(call.Query.List("run_ids"), "run_ids")), GetSampledAsync);
    }

    private static async Task<MetricsPage> GetAsync(Call call)
    {
        var query = call.Query;
        var page = await call.Services.MetricHistory.GetAsync(
            query.Text("run_id"),
            query.Text("run_uuid"),
            query.Text("metric_key"),
            query.Integer("max_results"),
            query.Text("page_token"),
            call.Cancel);
        return new(page.Items, page.NextPageToken);
    }

    private static async Task<MetricsPage> GetBulkAsync(Call call)
    {
        var query = call.Query;
        return new(await call.Services.MetricHistory.GetBulkAsync(
            query.List("run_id"), query.Text("metric_key"), query.Integer("max_results"), call.Cancel), null);
    }

    private static async Task<MetricsPage> GetSampledAsync(Call call)
    {
        var query = call.Query;
        return new(await call.Services.MetricHistory.GetSampledAsync(
            query.List("run_ids"),
            query.Text("metric_key"),
            query.Integer("start_step"),
            query.Integer("end_step"),
            query.Integer("max_results"),
            call.Cancel), null);
    }
}
