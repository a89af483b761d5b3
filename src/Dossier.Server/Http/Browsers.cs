using System.Net;
using Dossier.Core.Validation;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Http;

/// <summary>
/// Middleware against web pages that let their visitor's browser send requests here. Clients of the protocol are no browsers: they send no
/// <c>Origin</c>, and the <c>Host</c> that they were told.
/// </summary>
/// <param name="options">Says who may reach the server, and as what.</param>
internal sealed class Browsers(ServerOptions options)
{
    private readonly Uri? _publicUrl = options.PublicAddress;

    /// <summary>Refuses what a foreign page asks for, and has the URLs that answers hold begin with the server's public one.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        RefuseForeignHost(request);
        RefuseForeignOrigin(request);
        if (_publicUrl is not null)
        {
            (request.Scheme, request.Host) = (_publicUrl.Scheme, new HostString(_publicUrl.Authority));
            request.PathBase = PathString.FromUriComponent(_publicUrl.AbsolutePath.TrimEnd('/'));
        }

        return next(http);
    }

    // A page's own name may be made to lead to this machine (DNS rebinding): its browser then takes what an open server answers for the page's.
    private void RefuseForeignHost(HttpRequest request)
    {
        if (options.RequireSignIn || !request.Host.HasValue)
        {
            return;
        }

        var host = request.Host.Host;
        if (!IsLoopback(host) && !string.Equals(host, _publicUrl?.Host, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied,
                $"This server asks nobody to sign in, so it answers on this machine's own names alone, such as localhost, and not as '{TextRules.Excerpt(host)}'. "
                + "Start it with its address as public URL (--public-url), or with sign-in (--auth).");
        }
    }

    // A browser sends a form or a simple request of any page, with the password that it knows for this server, and says in Origin whose page it is.
    private void RefuseForeignOrigin(HttpRequest request)
    {
        var method = request.Method;
        if (request.Headers.Origin is not [{ } origin, ..] || HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method))
        {
            return;
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || !(IsAt(page, request.Host) || IsPublic(page)))
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied, $"A page of '{TextRules.Excerpt(origin)}' may change nothing here: only pages of this server itself may.");
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // The scheme may differ where a proxy speaks TLS.
    private static bool IsAt(Uri page, HostString host) =>
        host.HasValue && page.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is { } port ? page.Port == port : page.IsDefaultPort);

    private bool IsPublic(Uri page) => _publicUrl is not null
        && Uri.Compare(page, _publicUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
