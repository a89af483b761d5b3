using System.Net;
using Dossier.Protocol;
using Dossier.Vision.Cli.Serving.Input;
using Microsoft.AspNetCore.Http;

namespace Dossier.Vision.Cli.Serving.Http;

/// <summary>
/// Middleware against web pages that let their visitor's browser ask a server on the visitor's own machine. It refuses requests of other sites' pages, and, where
/// nobody is asked for a token and the network has no business here, names that are not this machine's (a page's own name may be made to lead to it).
/// </summary>
internal sealed class Browsers(ScoringServerOptions options)
{
    private readonly bool _localAlone = options.Token is null && !options.AllowAnonymous;

    /// <summary>Middleware.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var host = http.Request.Host;
        if (_localAlone && host.HasValue && !IsLoopback(host.Host))
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied,
                $"This server asks for no token, so it answers on this machine's own names alone, such as localhost, and not as '{Refusals.Excerpt(host.Host)}'. "
                + "Start it with a token (--token-file), or say that everybody may ask (--allow-anonymous).");
        }

        return http.Request.Headers.Origin is [{ } origin, ..] && !IsAt(origin, host)
            ? throw new ProtocolException(ErrorCode.PermissionDenied, $"A page of '{Refusals.Excerpt(origin)}' may not ask from a browser: ask from its server.")
            : next(http);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsAt(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
