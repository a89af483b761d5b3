using Dossier.Core.Access;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Access;

/// <summary>Middleware: finds out who is asking, before any route runs.</summary>
internal static class SignIn
{
    /// <summary>On an open server everybody is the local user.</summary>
    public static Task AsLocalAsync(HttpContext http, RequestDelegate next)
    {
        http.Features.Set(Caller.Local);
        return next(http);
    }
}
