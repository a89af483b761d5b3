using Dossier.Hosting.Errors;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Server.Sessions;
using Dossier.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Pages;

/// <summary>Errors of pages and of paths that no route has: a page for browsers, the protocol's form for programs.</summary>
internal sealed class BrowserErrorForm : ErrorForm
{
    /// <summary>The one that there is.</summary>
    public static readonly BrowserErrorForm Instance = new();

    private BrowserErrorForm()
    {
    }

    /// <summary>The form for programs.</summary>
    public static ErrorForm Json { get; } = new JsonErrorForm(RouteTable.Challenge);

    /// <summary>Whether the request is for something to look at, and not below the API. Programs ask for JSON, or for anything.</summary>
    public static bool IsBrowser(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/ajax-api");

    /// <inheritdoc/>
    public override ErrorForm For(HttpContext http) => IsBrowser(http) ? this : Json;

    /// <inheritdoc/>
    public override Task WriteAsync(HttpContext http, ProtocolException error)
    {
        // No challenge: a browser would ask for the password in a window of its own.
        if (error.ErrorCode == ErrorCode.Unauthenticated && http.RequestServices.GetRequiredService<ServerOptions>().RequireSignIn)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = ReturnPath.Login(http);
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }

        return PageWriter.WriteAsync(http, WebPages.Error, new(error.StatusCode, error.Message), error.StatusCode);
    }
}
