using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;

namespace Dossier.Server.Endpoints;

/// <summary>What is logged to a run: <c>/mlflow/runs/log-…</c>, tags, inputs and outputs.</summary>
internal static class RunLoggingEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post<LogMetric>("runs/log-metric", new(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)), LogMetricAsync);
        routes.Post<LogParam>("runs/log-parameter", new(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)), LogParamAsync);
        routes.Post<LogBatch>("runs/log-batch", new(Need.ExperimentEdit, m => On.Run(m.RunId)), LogBatchAsync);
        routes.Post<SetRunTag>("runs/set-tag", new(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)), SetTagAsync);
        routes.Post<DeleteRunTag>("runs/delete-tag", new(Need.ExperimentEdit, m => On.Run(m.RunId)), DeleteTagAsync);
        routes.Post<LogInputs>("runs/log-inputs", new(Need.ExperimentEdit, m => On.Run(m.RunId)), LogInputsAsync);
        routes.Post<LogOutputs>("runs/outputs", new(Need.ExperimentEdit, m => On.Run(m.RunId)), LogOutputsAsync);
        routes.Post<LogModel>("runs/log-model", new(Need.ExperimentEdit, m => On.Run(m.RunId)), LogModelAsync);
    }

    private static Task LogMetricAsync(Call call, LogMetric message) =>
        call.Services.RunLogging.LogMetricAsync(message, call.Caller, call.Cancel);

    private static Task LogParamAsync(Call call, LogParam message) =>
        call.Services.RunLogging.LogParamAsync(message, call.Caller, call.Cancel);

    private static Task LogBatchAsync(Call call, LogBatch message) =>
        call.Services.RunLogging.LogBatchAsync(message, call.Caller, call.Cancel);

    private static Task SetTagAsync(Call call, SetRunTag message) =>
        call.Services.RunLogging.SetTagAsync(message, call.Caller, call.Cancel);

    private static Task DeleteTagAsync(Call call, DeleteRunTag message) =>
        call.Services.RunLogging.DeleteTagAsync(message, call.Caller, call.Cancel);

    private static Task LogInputsAsync(Call call, LogInputs message) =>
        call.Services.RunLogging.LogInputsAsync(message, call.Caller, call.Cancel);

    private static Task LogOutputsAsync(Call call, LogOutputs message) =>
        call.Services.RunLogging.LogOutputsAsync(message, call.Caller, call.Cancel);

    private static Task LogModelAsync(Call call, LogModel message) =>
        call.Services.RunLogging.LogModelAsync(message, call.Caller, call.Cancel);
}
