using System.Net.Http.Headers;
using System.Text;
using Dossier.Core;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Http;
using Dossier.Server.Oidc;
using Dossier.Server.Sessions;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Access;

/// <summary>Middleware: finds out who is asking, before any route runs.</summary>
internal static class SignIn
{
    private const string NoToken =
        "This token signs nobody in: it has expired, was deleted, or was never given out here. 'dossier tokens create' makes a new one, signed in with a password.";

    /// <summary>On an open server everybody is the local user.</summary>
    public static Task AsLocalAsync(HttpContext http, RequestDelegate next)
    {
        Set(http, SignedIn.Local);
        return next(http);
    }

    /// <summary>Lets pass who says who they are; others reach only what asks for nothing, not even the answer that a path doesn't exist.</summary>
    public static async Task RequireAsync(HttpContext http, RequestDelegate next, Domain domain, ProviderSignIn? provider)
    {
        var need = http.GetEndpoint()?.Metadata.GetMetadata<NeedMetadata>()?.Need;
        if (need is not { SignIn: false })
        {
            var who = await FindAsync(http, domain, provider) ?? throw new ProtocolException(ErrorCode.Unauthenticated, Refusal(http.Request));
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

    // The same for a user who does not exist and a password that is wrong.
    private static string Refusal(HttpRequest request) => BasicCredentials.Of(request) switch
    {
        var (_, token) when Secret.MayBe(token) => NoToken,
        (_, _) => "User name or password is wrong. If it was forgotten: an administrator gives a new one with 'dossier password reset NAME'.",
        null when request.Headers.Authorization.Count > 0 => NoToken,
        null => "Sign in: send a token as 'Authorization: Bearer TOKEN', or user name and password as basic authorization. "
            + "Clients take them from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.",
    };

    private static void Set(HttpContext http, SignedIn who)
    {
        http.Features.Set(who);
        http.Features.Set(who.Caller);
    }

    private static async ValueTask<SignedIn?> FindAsync(HttpContext http, Domain domain, ProviderSignIn? provider)
    {
        if (http.Request.Headers.Authorization.Count == 0)
        {
            return SessionCookie.Get(http, SessionCookie.Session) is { } session ? await FindBySessionAsync(session, http, domain) : null;
        }

        return BasicCredentials.Of(http.Request) switch
        {
            // Tools that know of no bearer tokens give one as the password, of whatever user.
            var (_, token) when Secret.MayBe(token) => await FindByTokenAsync(token, http, domain, provider),
            var (name, password) => await domain.Passwords.SignIn.FindAsync(name, password, http.Connection.RemoteIpAddress, http.RequestAborted),
            null => BasicCredentials.Header(http.Request) is { Parameter: { } token } header && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
                ? await FindByTokenAsync(token, http, domain, provider)
                : null,
        };
    }

    private static async ValueTask<SignedIn?> FindByTokenAsync(string token, HttpContext http, Domain domain, ProviderSignIn? provider) =>
        provider is not null && ProviderSignIn.MayBe(token)
            ? await provider.FindAsync(token, http)
            : await domain.TokenSignIn.FindAsync(token, http.RequestAborted) is { Method: not SignInMethod.Session } who ? who : null;

    private static async ValueTask<SignedIn?> FindBySessionAsync(string value, HttpContext http, Domain domain)
    {
        // A browser says with every write whose page asks; without a word of it, it may be any site's. Foreign ones are refused before.
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && http.Request.Headers.Origin.Count == 0)
        {
            throw new ProtocolException(ErrorCode.PermissionDenied, "A write with a session cookie needs the header 'Origin', which browsers send. Programs sign in with a token.");
        }

        return await domain.Sessions.FindAsync(value, http.RequestAborted);
    }
}

/// <summary>User name and password of a request.</summary>
internal readonly record struct BasicCredentials(string UserName, string Password)
{
    /// <summary>Those of the request; null where there are none, or more than one authorization.</summary>
    public static BasicCredentials? Of(HttpRequest request) =>
        Header(request) is { Parameter: { } value } header && header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? Parse(value) : null;

    /// <summary>The one authorization of a request: more than one is no answer to the question who is asking.</summary>
    public static AuthenticationHeaderValue? Header(HttpRequest request) =>
        request.Headers.Authorization is [{ } only] && AuthenticationHeaderValue.TryParse(only, out var header) ? header : null;

    private static BasicCredentials? Parse(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var password]
            ? new(name, password)
            : null;
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => UserName;
}
