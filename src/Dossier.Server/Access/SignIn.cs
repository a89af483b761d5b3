using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Access;

/// <summary>Middleware: finds out who is asking, before any route runs.</summary>
internal static class SignIn
{
    private const string Bearer = "Bearer ";

    /// <summary>On an open server everybody is the local user.</summary>
    public static Task AsLocalAsync(HttpContext http, RequestDelegate next)
    {
        http.Features.Set(Caller.Local);
        return next(http);
    }

    /// <summary>Lets pass who says who they are; others reach only what asks for nothing, not even the answer that a path doesn't exist.</summary>
    public static async Task RequireAsync(HttpContext http, RequestDelegate next, SignInService service)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<NeedMetadata>()?.Need is not (Need.Nothing or Need.UploadId))
        {
            http.Features.Set(await FindAsync(http, service) ?? throw new ProtocolException(
                ErrorCode.Unauthenticated, "Sign in: send a token as 'Authorization: Bearer TOKEN' (MLflow clients take it from MLFLOW_TRACKING_TOKEN)."));
        }

        await next(http);
    }

    private static ValueTask<Caller?> FindAsync(HttpContext http, SignInService service)
    {
        // More than one header is no answer to the question who is asking.
        var header = http.Request.Headers.Authorization is [{ } only] ? only : "";
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? service.FindByTokenAsync(header[Bearer.Length..].Trim(), http.RequestAborted)
            : new((Caller?)null);
    }
}
