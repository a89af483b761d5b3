using Dossier.Hosting;
using Dossier.Hosting.Telemetry;
using Dossier.Protocol;
using Dossier.Vision.Serving.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dossier.Vision.Serving.Http;

/// <summary>The routes of MLflow's scoring server, with Databricks' names for <c>/invocations</c>, and <c>/metrics</c>.</summary>
internal sealed class ServingRoutes(Invocations invocations, ModelHolder models, Prometheus metrics)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/invocations", [HttpMethods.Post], invocations.InvokeAsync);
        routes.MapMethods("/serving-endpoints/{name}/invocations", [HttpMethods.Post], InvokeNamedAsync);
        routes.MapMethods("/realtime-inference/{name}/invocations", [HttpMethods.Post], InvokeNamedAsync);
        routes.MapMethods("/ping", Reading, http => AnswerWriter.WriteTextAsync(http.Response, "application/json", "\n"));
        routes.MapMethods("/health", Reading, HealthAsync);
        routes.MapMethods("/version", Reading, http => AnswerWriter.WriteTextAsync(http.Response, "text/plain; charset=utf-8", ProtocolVersion.Mlflow));
        routes.MapMethods("/metrics", Reading, http => AnswerWriter.WriteTextAsync(http.Response, Prometheus.ContentType, metrics.Write()));
    }

    private Task InvokeNamedAsync(HttpContext http)
    {
        var (asked, served) = ((string)http.GetRouteValue("name")!, models.Current.Target.Name);
        return asked == served
            ? invocations.InvokeAsync(http)
            : throw new ProtocolException(ErrorCode.ResourceDoesNotExist, $"Endpoint '{Excerpt.Of(asked)}' not found: this server serves '{served}'.");
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
