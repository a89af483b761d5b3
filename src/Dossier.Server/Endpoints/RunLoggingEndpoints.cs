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
        // A point that names a logged model is written to that model too.
        routes.Post<LogMetric>(
            "runs/log-metric",
            new Guard<LogMetric>(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)).And(Need.ExperimentEdit, m => On.LoggedModelIfNamed(m.ModelId)),
            LogMetricAsync);
        routes.Post<LogParam>("runs/log-parameter", new(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)), LogParamAsync);
        routes.Post<LogBatch>(
            "runs/log-batch",
            new Guard<LogBatch>(Need.ExperimentEdit, m => On.Run(m.RunId)).And(Need.ExperimentEdit, m => On.ModelsMeasured(m.Metrics)),
            LogBatchAsync);
        routes.Post<SetRunTag>("runs/set-tag", new(Need.ExperimentEdit, m => On.Run(m.RunId, m.RunUuid)), SetTagAsync);
        routes.Post<DeleteRunTag>("runs/delete-tag", new(Need.ExperimentEdit, m => On.Run(m.RunId)), DeleteTagAsync);
        routes.Post<LogInputs>(
            "runs/log-inputs",
            new Guard<LogInputs>(Need.ExperimentEdit, m => On.Run(m.RunId)).And(Need.ExperimentRead, m => On.LoggedModels(m.Models?.Select(model => model.ModelId))),
            LogInputsAsync);
        routes.Post<LogOutputs>(
            "runs/outputs",
            new Guard<LogOutputs>(Need.ExperimentEdit, m => On.Run(m.RunId)).And(Need.ExperimentRead, m => On.LoggedModels(m.Models?.Select(model => model.ModelId))),
            LogOutputsAsync);
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
