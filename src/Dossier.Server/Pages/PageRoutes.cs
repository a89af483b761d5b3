using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Hosting;
using Dossier.Web;
using Dossier.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Server.Pages;

/// <summary>The pages, and what they are made of.</summary>
internal static class PageRoutes
{
    private const string Assets = WebAssets.Root + "{file}";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(Routes routes)
    {
        routes.Page("/", Need.ReadableOnly, HomeAsync, static () => WebPages.Home);
        routes.Map(Assets, Methods, Need.Nothing, SendAssetAsync, BrowserErrorForm.Instance);
    }

    /// <summary>A page: a route like any other, whose answer is rendered. Its errors are pages too, and whoever is not signed in is led to sign in.</summary>
    /// <typeparam name="TMessage">What the path and the query ask for.</typeparam>
    /// <typeparam name="TModel">What the page shows.</typeparam>
    /// <param name="routes">The routes.</param>
    /// <param name="path">The page's path.</param>
    /// <param name="guard">Who may see it: the guard of the domain's method that loads it.</param>
    /// <param name="load">Loads what it shows.</param>
    /// <param name="view">Returns the page; called with the first request.</param>
    public static void Page<TMessage, TModel>(
        this Routes routes, string path, Guard<TMessage> guard, Func<Call, Granted<TMessage>, Task<TModel>> load, Func<PageView<TModel>> view)
        where TMessage : class => routes.Map(
            path, Methods, guard, static call => new(QueryMessage.Read<TMessage>(call)),
            async (call, granted) => await PageWriter.WriteAsync(call.Http, view(), await load(call, granted)), errors: BrowserErrorForm.Instance);

    /// <summary>A page that shows nothing of the record.</summary>
    /// <inheritdoc cref="Page{TMessage, TModel}" path="/typeparam[@name='TModel']"/>
    /// <param name="routes">The routes.</param>
    /// <param name="path">The page's path.</param>
    /// <param name="need">One that asks for no more than sign-in.</param>
    /// <param name="load">Loads what it shows.</param>
    /// <param name="view">Returns the page; called with the first request.</param>
    public static void Page<TModel>(this Routes routes, string path, Need need, Func<Call, Task<TModel>> load, Func<PageView<TModel>> view) =>
        routes.Map(path, Methods, need, async call => await PageWriter.WriteAsync(call.Http, view(), await load(call)), BrowserErrorForm.Instance);

    private static Task<HomeModel> HomeAsync(Call call)
    {
        var request = call.Http.Request;
        var options = call.Http.RequestServices.GetRequiredService<ServerOptions>();
        return Task.FromResult(new HomeModel(
            $"{request.Scheme}://{request.Host}{request.PathBase}", ProtocolVersion.Mlflow, options.RequireSignIn));
    }

    private static async Task SendAssetAsync(Call call)
    {
        var asset = WebAssets.Find(call.Route("file")) ?? throw ProtocolException.NotFound("There is no such file of this version's pages. Reload the page.");
        var (request, response) = (call.Http.Request, call.Http.Response);
        var content = asset.Content;
        if (request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "br";
            content = asset.Brotli;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = content.Length;
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.BodyWriter.WriteAsync(content, call.Cancel);
        }
    }
}
