using Dossier.Core.Tracking;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints.Mlflow;

/// <summary>What is logged to a run: <c>/mlflow/runs/log-…</c>, tags, inputs and outputs.</summary>
internal static class RunLoggingEndpoints
{
    public static void Map(Routes routes)
    {
        var runs = routes.Domain.RunLogging;
        routes.Post("runs/log-metric", RunLoggingService.MayLogMetric, runs.LogMetricAsync);
        routes.Post("runs/log-parameter", RunLoggingService.MayLogParam, runs.LogParamAsync);
        routes.Post("runs/log-batch", RunLoggingService.MayLogBatch, runs.LogBatchAsync);
        routes.Post("runs/set-tag", RunLoggingService.MaySetTag, runs.SetTagAsync);
        routes.Post("runs/delete-tag", RunLoggingService.MayDeleteTag, runs.DeleteTagAsync);
        routes.Post("runs/log-inputs", RunLoggingService.MayLogInputs, runs.LogInputsAsync);
        routes.Post("runs/outputs", RunLoggingService.MayLogOutputs, runs.LogOutputsAsync);
        routes.Post("runs/log-model", RunLoggingService.MayLogModel, runs.LogModelAsync);
    }
}
