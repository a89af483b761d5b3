using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Vision.Cli.Serving.Models;
using Dossier.Vision.Cli.Serving.Scoring;
using Dossier.Vision.Cli.Serving.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Vision.Cli.Serving.Http;

/// <summary>The routes of MLflow's scoring server, with Databricks' names for <c>/invocations</c>, and <c>/metrics</c>.</summary>
internal sealed class ServingRoutes(Invocations invocations, ModelHolder models, ScoringQueue queue, ServingMetrics metrics)
{
    // The MLflow version whose scoring protocol is spoken, the answer of /version there.
    private const string ProtocolVersion = "3.6.0";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/invocations", [HttpMethods.Post], invocations.InvokeAsync);
        routes.MapMethods("/serving-endpoints/{name}/invocations", [HttpMethods.Post], InvokeNamedAsync);
        routes.MapMethods("/realtime-inference/{name}/invocations", [HttpMethods.Post], InvokeNamedAsync);
        routes.MapMethods("/ping", Reading, http => AnswerWriter.WriteTextAsync(http.Response, "application/json", "\n"));
        routes.MapMethods("/health", Reading, HealthAsync);
        routes.MapMethods("/version", Reading, http => AnswerWriter.WriteTextAsync(http.Response, "text/plain; charset=utf-8", ProtocolVersion));
        routes.MapMethods("/metrics", Reading, http => AnswerWriter.WriteTextAsync(
            http.Response, ServingMetrics.ContentType, metrics.Write(models.Current, queue.Depth, queue.Capacity)));
    }

    private Task InvokeNamedAsync(HttpContext http)
    {
        var (asked, served) = ((string)http.GetRouteValue("name")!, models.Current.Target.Name);
        return asked == served
            ? invocations.InvokeAsync(http)
            : throw new ProtocolException(ErrorCode.ResourceDoesNotExist, $"There is no endpoint '{Excerpt.Of(asked)}': this server serves '{served}'.");
    }

    // It answers as long as it can score: that a newer version is broken is told, but no reason to stop the server.
    private Task HealthAsync(HttpContext http) => AnswerWriter.WriteJsonAsync(http.Response, json =>
    {
        var model = models.Current;
        json.WriteStartObject();
        json.WriteString("status", models.Trouble is null ? "ok" : "degraded");
        json.WriteStartObject("model");
        json.WriteString("name", model.Target.Name);
        json.WriteString("version", model.Target.Version);
        json.WriteString("loaded_at", model.LoadedAt);
        json.WriteEndObject();
        json.WriteString("detail", models.Trouble);
        json.WriteEndObject();
    });
}
