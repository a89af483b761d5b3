using System.Net.Http.Headers;
using System.Text;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Access;

/// <summary>Middleware: finds out who is asking, before any route runs.</summary>
internal static class SignIn
{
    /// <summary>On an open server everybody is the local user.</summary>
    public static Task AsLocalAsync(HttpContext http, RequestDelegate next)
    {
        Set(http, SignedIn.Local);
        return next(http);
    }

    /// <summary>Lets pass who says who they are; others reach only what asks for nothing, not even the answer that a path doesn't exist.</summary>
    public static async Task RequireAsync(HttpContext http, RequestDelegate next, DomainServices services)
    {
        var need = http.GetEndpoint()?.Metadata.GetMetadata<NeedMetadata>()?.Need;
        if (need is not (Need.Nothing or Need.UploadId))
        {
            var who = await FindAsync(http, services) ?? throw new ProtocolException(
                ErrorCode.Unauthenticated,
                "Sign in: send a token as 'Authorization: Bearer TOKEN', or user name and password as basic authorization. "
                    + "Clients take them from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.");
            if (who.MustChangePassword && need != Need.OwnPassword)
            {
                throw new ProtocolException(
                    ErrorCode.PermissionDenied,
                    $"This is a one-time password, with which you can only choose your own: run 'dossier password change --user {who.Caller.Name}', or post to /api/2.0/password/change.");
            }

            Set(http, who);
        }

        await next(http);
    }

    private static void Set(HttpContext http, SignedIn who)
    {
        http.Features.Set(who);
        http.Features.Set(who.Caller);
    }

    private static async ValueTask<SignedIn?> FindAsync(HttpContext http, DomainServices services)
    {
        // More than one header is no answer to the question who is asking.
        if (http.Request.Headers.Authorization is not [{ } only] || !AuthenticationHeaderValue.TryParse(only, out var header) || header.Parameter is not { } value)
        {
            return null;
        }

        return header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => await services.TokenSignIn.FindAsync(value, http.RequestAborted),
            "BASIC" => await FindByPasswordAsync(value, http, services),
            _ => null,
        };
    }

    private static async ValueTask<SignedIn?> FindByPasswordAsync(string value, HttpContext http, DomainServices services)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length) || Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is not [var name, var password])
        {
            return null;
        }

        // Tools that know of no bearer tokens give one as the password, of whatever user.
        return Secret.MayBe(password)
            ? await services.TokenSignIn.FindAsync(password, http.RequestAborted)
            : await services.PasswordSignIn.FindAsync(name, password, http.Connection.RemoteIpAddress, http.RequestAborted);
    }
}
