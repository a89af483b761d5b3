using System.Text;
using Dossier.Core.Access;
using Dossier.Hosting;
using Dossier.Hosting.Telemetry;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Endpoints;

/// <summary>About the server itself: <c>/health</c>, <c>/version</c>, <c>/metrics</c> and <c>/openapi.json</c>.</summary>
internal static class ServiceEndpoints
{
    private const string Text = "text/plain; charset=utf-8";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(Routes routes)
    {
        routes.Map("/health", Methods, Need.Nothing, static call => AnswerWriter.WriteTextAsync(call.Http.Response, Text, "OK"));
        routes.Map("/version", Methods, Need.Nothing, static call => AnswerWriter.WriteTextAsync(call.Http.Response, Text, ProtocolVersion.Mlflow));
        routes.Map("/metrics", Methods, Operation.MayGetMetrics, static _ => new(new GetMetrics()), static (call, _) => WriteMetricsAsync(call));

        // Made when it is first asked for: most servers never are.
        byte[]? description = null;
        routes.Map("/openapi.json", Methods, Need.Nothing, call => WriteAsync(call, "application/json", description ??= Describe(call.Http.RequestServices)));
    }

    private static Task WriteMetricsAsync(Call call)
    {
        var metrics = call.Http.RequestServices.GetService<Prometheus>()
            ?? throw ProtocolException.NotFound("Metrics are off: start the server with --metrics.");
        return AnswerWriter.WriteTextAsync(call.Http.Response, Prometheus.ContentType, metrics.Write());
    }

    private static byte[] Describe(IServiceProvider services) =>
        Encoding.UTF8.GetBytes(ApiDescription.Of(services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()).ToJsonString());

    private static Task WriteAsync(Call call, string type, byte[] body)
    {
        var response = call.Http.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(call.Http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, call.Cancel).AsTask();
    }
}
