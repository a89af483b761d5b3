using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Hosting;

/// <summary>What browsers may ask of a server.</summary>
public sealed record BrowserRules
{
    /// <summary>Whether the server answers under this machine's own names and its public URL's alone, because it asks nobody who they are.</summary>
    public required bool OwnNamesOnly { get; init; }

    /// <summary>How an operator would let it answer under other names: a sentence.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether pages of other sites may not read either; otherwise they may not change anything.</summary>
    public bool RefuseReads { get; init; }

    /// <summary>The URL that clients know the server by, where it isn't the one it listens on.</summary>
    public Uri? PublicUrl { get; init; }
}

/// <summary>
/// Middleware against web pages that let their visitor's browser send requests here. Clients of the protocol are no browsers: they send no
/// <c>Origin</c>, and the <c>Host</c> that they were told.
/// </summary>
/// <param name="rules">The rules.</param>
public sealed class Browsers(BrowserRules rules)
{
    private readonly Uri? _publicUrl = rules.PublicUrl;

    /// <summary>Refuses what a foreign page asks for, and has the URLs that answers hold begin with the server's public one.</summary>
    /// <exception cref="ProtocolException"><c>PERMISSION_DENIED</c> for a foreign host or origin.</exception>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
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
        if (!rules.OwnNamesOnly || !request.Host.HasValue)
        {
            return;
        }

        var host = request.Host.Host;
        if (!ListenAddress.IsLoopback(host) && !string.Equals(host, _publicUrl?.Host, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProtocolException(
                ErrorCode.PermissionDenied,
                "This server does not authenticate its callers, so it only accepts requests for this machine's own names, such as localhost, "
                + $"not for '{Excerpt.Of(host)}'. {rules.Remedy}");
        }
    }

    // A browser sends a form or a simple request of any page, with the password that it knows for this server, and says in Origin whose page it is.
    private void RefuseForeignOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ } origin, ..] || (!rules.RefuseReads && IsRead(request.Method)))
        {
            return;
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || !(IsAt(page, request.Host) || IsPublic(page)))
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, $"Cross-origin request from '{Excerpt.Of(origin)}' refused.");
        }
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // The scheme may differ where a proxy speaks TLS.
    private static bool IsAt(Uri page, HostString host) =>
        host.HasValue && page.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is { } port ? page.Port == port : page.IsDefaultPort);

    private bool IsPublic(Uri page) => _publicUrl is not null
        && Uri.Compare(page, _publicUrl, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
