using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Sessions;

/// <summary>
/// The cookies of a browser that signs in: scripts cannot read them, and other sites' pages do not send them along with what they post. With https their names begin
/// with <c>__Host-</c>, so that no other host of the domain can set them.
/// </summary>
internal static class SessionCookie
{
    /// <summary>The session: a token of that kind.</summary>
    public const string Session = "dossier_session";

    /// <summary>A sign-in at the identity provider that has begun.</summary>
    public const string Login = "dossier_login";

    /// <summary>What forms of this browser are checked with.</summary>
    public const string Form = "dossier_form";

    /// <summary>A cookie's value; null if the browser sent none.</summary>
    public static string? Get(HttpContext http, string name) => http.Request.Cookies[NameOf(http, name)];

    /// <summary>Sets a cookie.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">Which.</param>
    /// <param name="value">Its value.</param>
    /// <param name="lifetime">How long the browser keeps it; null for until it is closed.</param>
    public static void Set(HttpContext http, string name, string value, TimeSpan? lifetime) =>
        http.Response.Cookies.Append(NameOf(http, name), value, Options(http, lifetime));

    /// <summary>Deletes a cookie.</summary>
    public static void Delete(HttpContext http, string name) => http.Response.Cookies.Delete(NameOf(http, name), Options(http, null));

    // The prefix asks for https and the path '/'.
    private static string NameOf(HttpContext http, string name) => http.Request.IsHttps && !http.Request.PathBase.HasValue ? "__Host-" + name : name;

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
