using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Dossier.Server.Sessions;

/// <summary>Where a browser goes after signing in: to a path of this server, never to another site.</summary>
internal static class ReturnPath
{
    /// <summary>The field and query parameter that hold it.</summary>
    public const string Parameter = "return_to";

    private const int Longest = 2000;

    /// <summary>The path if it is one of this server, else the start page's.</summary>
    public static string Of(HttpContext http, string? path) =>
        path is { Length: < Longest } and (['/'] or ['/', not ('/' or '\\'), ..]) && path.All(static one => one is > ' ' and <= '~') ? path : $"{http.Request.PathBase}/";

    /// <summary>The address of the sign-in page, which leads back to what was asked for.</summary>
    public static string Login(HttpContext http)
    {
        var request = http.Request;
        var login = request.PathBase + LoginEndpoints.Path;
        return HttpMethods.IsGet(request.Method) && request.Path != "/"
            ? QueryHelpers.AddQueryString(login, Parameter, $"{request.PathBase}{request.Path}{request.QueryString}")
            : login;
    }
}
