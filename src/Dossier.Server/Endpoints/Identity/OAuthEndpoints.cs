using System.Net;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Hosting;
using Dossier.Protocol;
using Dossier.Server.Access;
using Dossier.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Dossier.Server.Endpoints.Identity;

/// <summary>OAuth's client credentials (RFC 6749, 4.4) where Databricks' SDKs look for them: <c>/oidc/…</c>.</summary>
internal static class OAuthEndpoints
{
    private const string AllApis = "all-apis";

    public static void Map(Routes routes)
    {
        routes.Map("/oidc/v1/token", [HttpMethods.Post], Need.Nothing, IssueAsync);
        routes.Map("/oidc/.well-known/oauth-authorization-server", [HttpMethods.Get], Need.Nothing, DescribeAsync);
    }

    private static async Task IssueAsync(Call call)
    {
        call.KeepNoCopy();
        var form = await SmallForm.ReadAsync(call.Http);
        var (client, secret) = BasicCredentials.Of(call.Http.Request) is { } basic
            ? (WebUtility.UrlDecode(basic.UserName), WebUtility.UrlDecode(basic.Password))
            : (form["client_id"].ToString(), form["client_secret"].ToString());
        if (form["grant_type"] != "client_credentials")
        {
            await RefuseAsync(call, "unsupported_grant_type", ErrorCode.InvalidParameterValue, "'grant_type' must be 'client_credentials'.");
        }
        else if (form["scope"].ToString() is not ("" or AllApis))
        {
            await RefuseAsync(call, "invalid_scope", ErrorCode.InvalidParameterValue, $"'scope' must be '{AllApis}'.");
        }
        else
        {
            await AnswerAsync(call, await call.Services.ClientCredentials.IssueAsync(client, secret, call.Cancel));
        }
    }

    private static Task AnswerAsync(Call call, string? token)
    {
        if (token is not null)
        {
            return AnswerWriter.WriteAsync(call.Http.Response, new OAuthToken(token, "Bearer", (long)ClientCredentials.TokenLifetime.TotalSeconds, AllApis));
        }

        call.Http.Response.Headers.WWWAuthenticate = "Basic realm=\"mlflow\"";
        return RefuseAsync(
            call, "invalid_client", ErrorCode.Unauthenticated,
            "The secret is not one of this client: 'client_id' is the application id of an active service principal, 'client_secret' one of its secrets that has not expired.");
    }

    private static Task RefuseAsync(Call call, string error, string code, string message) =>
        AnswerWriter.WriteAsync(call.Http.Response, new OAuthError(error, message, code, message), ErrorCode.StatusOf(code));

    private static Task DescribeAsync(Call call)
    {
        var request = call.Http.Request;
        var server = $"{request.Scheme}://{request.Host}{request.PathBase}";
        return AnswerWriter.WriteAsync(call.Http.Response, new OAuthServer
        {
            Issuer = $"{server}/oidc",
            TokenEndpoint = $"{server}/oidc/v1/token",
            AuthorizationEndpoint = $"{server}/login",
        });
    }
}
