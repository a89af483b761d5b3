using Dossier.Core.Access;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints;

/// <summary>What tells about the server itself: <c>/health</c> and <c>/version</c>.</summary>
internal static class ServiceEndpoints
{
    /// <summary>The MLflow version whose protocol is spoken; clients turn features on by it.</summary>
    private const string ProtocolVersion = "3.6.0";

    public static void Map(Routes routes)
    {
        routes.Map("/health", [HttpMethods.Get, HttpMethods.Head], Need.Nothing, static call => WriteTextAsync(call, "OK"));
        routes.Map("/version", [HttpMethods.Get, HttpMethods.Head], Need.Nothing, static call => WriteTextAsync(call, ProtocolVersion));
    }

    private static Task WriteTextAsync(Call call, string text)
    {
        var response = call.Http.Response;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = text.Length;
        return HttpMethods.IsHead(call.Http.Request.Method) ? Task.CompletedTask : response.WriteAsync(text, call.Cancel);
    }
}
