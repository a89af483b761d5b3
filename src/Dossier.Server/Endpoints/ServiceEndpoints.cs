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

/// <summary>About the server itself: <c>/health</c>, <c>/version</c>, <c>/openapi.json</c> and <c>/metrics</c>.</summary>
internal static class ServiceEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(Routes routes)
    {
        routes.Map("/health", Methods, Need.Nothing, static call => AnswerWriter.WriteTextAsync(call.Http.Response, PlainText, "OK"));
        routes.Map("/version", Methods, Need.Nothing, static call => AnswerWriter.WriteTextAsync(call.Http.Response, PlainText, ProtocolVersion.Mlflow));

        // Built when it is first requested: most servers never are asked.
        byte[]? description = null;
        routes.Map("/openapi.json", Methods, Need.Nothing, call => WriteJsonAsync(call, description ??= Describe(call.Http.RequestServices)));
        routes.Map(
            "/metrics", Methods, AccessService.MayOperate, static _ => new(new OperateServer()), static (call, _) => WriteMetricsAsync(call));
    }

    private static byte[] Describe(IServiceProvider services) =>
        Encoding.UTF8.GetBytes(ApiDescription.Of(services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()).ToJsonString());

    private static Task WriteMetricsAsync(Call call)
    {
        var metrics = call.Http.RequestServices.GetService<Prometheus>()
            ?? throw ProtocolException.NotFound("Metrics are off: start the server with --metrics.");
        return AnswerWriter.WriteTextAsync(call.Http.Response, Prometheus.ContentType, metrics.Write());
    }

    private static Task WriteJsonAsync(Call call, byte[] body)
    {
        var response = call.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(call.Http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, call.Cancel).AsTask();
    }
}
