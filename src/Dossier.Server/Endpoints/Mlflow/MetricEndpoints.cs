using Dossier.Core.Tracking;
using Dossier.Protocol;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>Metric histories: <c>/mlflow/metrics/…</c>.</summary>
internal static class MetricEndpoints
{
    public static void Map(Routes routes)
    {
        var history = routes.Domain.MetricHistory;
        routes.Get("metrics/get-history", MetricHistoryService.MayGet, history.GetAsync, static page => new MetricsPage(page.Items, page.NextPageToken));
        routes.Get("metrics/get-history-bulk", MetricHistoryService.MayGetBulk, history.GetBulkAsync, static points => new MetricsPage(points, null));
        routes.Get("metrics/get-history-bulk-interval", MetricHistoryService.MayGetSampled, history.GetSampledAsync, static points => new MetricsPage(points, null));
    }
}
