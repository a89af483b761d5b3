using System.Text;
using Dossier.Core.Identity;
using Dossier.Server.Sessions;
using Dossier.Web;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Pages;

/// <summary>Answers with a page.</summary>
internal static class PageWriter
{
    // Only files of this server, no script or style within the page, in no frame; a form is sent here alone.
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static readonly string Version = typeof(PageWriter).Assembly.GetName().Version!.ToString(3);

    /// <summary>Renders the page and sends it, with the headers that all pages have.</summary>
    public static async Task WriteAsync<TModel>(HttpContext http, PageView<TModel> view, TModel model, int status = StatusCodes.Status200OK)
    {
        var html = Encoding.UTF8.GetBytes(await PageRenderer.RenderAsync(view, model, FrameOf(http)));
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";

        // Not 'no-referrer': a form would then say that it comes from nowhere.
        response.Headers["Referrer-Policy"] = "same-origin";

        // It is about whoever is signed in, and signing out must not leave it behind.
        response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.BodyWriter.WriteAsync(html, http.RequestAborted);
        }
    }

    private static PageFrame FrameOf(HttpContext http)
    {
        var who = http.Features.Get<SignedIn>();
        return new()
        {
            PathBase = http.Request.PathBase,
            Version = Version,
            UserName = who is { Method: not SignInMethod.None } ? who.Caller.Name : null,
            CanSignOut = who is { Method: SignInMethod.Session },

            // A server without sign-in has no forms, and needs no cookie for them.
            FormToken = who is { Method: SignInMethod.None } ? "" : FormToken.Of(http),
        };
    }
}
