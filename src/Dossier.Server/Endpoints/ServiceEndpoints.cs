using Dossier.Hosting;
using Dossier.Hosting.Telemetry;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Endpoints;

/// <summary>About the server itself: <c>/health</c>, <c>/version</c> and <c>/metrics</c>.</summary>
internal static class ServiceEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";

    public static void Map(Routes routes)
    {
        routes.Map("/health", [HttpMethods.Get, HttpMethods.Head], Need.Nothing, static call => AnswerWriter.WriteTextAsync(call.Http.Response, PlainText, "OK"));
        routes.Map("/metrics", [HttpMethods.Get, HttpMethods.Head], Need.Admin, WriteMetricsAsync);
        routes.Map("/version", [HttpMethods.Get, HttpMethods.Head], Need.Nothing, static call => AnswerWriter.WriteTextAsync(call.Http.Response, PlainText, ProtocolVersion.Mlflow));
    }

    private static Task WriteMetricsAsync(Call call)
    {
        var metrics = call.Http.RequestServices.GetService<Prometheus>()
            ?? throw ProtocolException.NotFound("Metrics are off: start the server with --metrics.");
        return AnswerWriter.WriteTextAsync(call.Http.Response, Prometheus.ContentType, metrics.Write());
    }
}
