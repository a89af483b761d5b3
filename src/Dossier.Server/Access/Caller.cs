using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Access;

/// <summary>Who is asking; a feature of the request.</summary>
/// <param name="Principal">The name that events and entities carry.</param>
internal sealed record Caller(string Principal)
{
    // An open server asks nobody for a name.
    private static readonly Caller Local = new("local");

    /// <summary>Middleware: says that the local user is asking.</summary>
    public static Task SignInAsync(HttpContext http, RequestDelegate next)
    {
        http.Features.Set(Local);
        return next(http);
    }

    /// <summary>Who is asking in this request.</summary>
    public static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("The request passed no sign-in.");
}
