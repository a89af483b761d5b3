using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Oidc;

/// <summary>The cookies of a browser that signs in: no script reads them, and other sites' pages don't send them along with what they post.</summary>
internal static class SessionCookie
{
    /// <summary>Who is signed in; holds a token of kind session.</summary>
    public const string Session = "dossier_session";

    /// <summary>A sign-in that has begun.</summary>
    public const string Login = "dossier_login";

    /// <summary>Sets a cookie.</summary>
    public static void Set(HttpContext http, string name, string value, TimeSpan lifetime) =>
        http.Response.Cookies.Append(name, value, Options(http, lifetime));

    /// <summary>Takes a cookie away.</summary>
    public static void Delete(HttpContext http, string name) => http.Response.Cookies.Delete(name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = http.Request.PathBase.HasValue ? http.Request.PathBase.Value : "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
