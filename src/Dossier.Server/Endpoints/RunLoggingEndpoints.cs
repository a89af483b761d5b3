using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>What is logged to a run: <c>/mlflow/runs/log-…</c>, tags, inputs and outputs.</summary>
internal static class RunLoggingEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<LogMetric>("runs/log-metric", LogMetricAsync).Needs(Need.ExperimentEdit);
        routes.Post<LogParam>("runs/log-parameter", LogParamAsync).Needs(Need.ExperimentEdit);
        routes.Post<LogBatch>("runs/log-batch", LogBatchAsync).Needs(Need.ExperimentEdit);
        routes.Post<SetRunTag>("runs/set-tag", SetTagAsync).Needs(Need.ExperimentEdit);
        routes.Post<DeleteRunTag>("runs/delete-tag", DeleteTagAsync).Needs(Need.ExperimentEdit);
        routes.Post<LogInputs>("runs/log-inputs", LogInputsAsync).Needs(Need.ExperimentEdit);
        routes.Post<LogOutputs>("runs/outputs", LogOutputsAsync).Needs(Need.ExperimentEdit);
        routes.Post<LogModel>("runs/log-model", LogModelAsync).Needs(Need.ExperimentEdit);
    }

    private static Task LogMetricAsync(Call call, LogMetric message) =>
        call.Services.RunLogging.LogMetricAsync(message, call.Principal, call.Cancel);

    private static Task LogParamAsync(Call call, LogParam message) =>
        call.Services.RunLogging.LogParamAsync(message, call.Principal, call.Cancel);

    private static Task LogBatchAsync(Call call, LogBatch message) =>
        call.Services.RunLogging.LogBatchAsync(message, call.Principal, call.Cancel);

    private static Task SetTagAsync(Call call, SetRunTag message) =>
        call.Services.RunLogging.SetTagAsync(message, call.Principal, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteRunTag message) =>
        call.Services.RunLogging.DeleteTagAsync(message, call.Principal, call.Cancel);

    private static Task LogInputsAsync(Call call, LogInputs message) =>
        call.Services.RunLogging.LogInputsAsync(message, call.Principal, call.Cancel);

    private static Task LogOutputsAsync(Call call, LogOutputs message) =>
        call.Services.RunLogging.LogOutputsAsync(message, call.Principal, call.Cancel);

    private static Task LogModelAsync(Call call, LogModel message) =>
        call.Services.RunLogging.LogModelAsync(message, call.Principal, call.Cancel);
}
