using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Dossier.Server.Http;
using Dossier.Server.Pages;
using Dossier.Server.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dossier.Server.Oidc;

/// <summary>A browser's sign-in at the identity provider (authorization code with PKCE): <c>/login/provider</c> and <c>/login/callback</c>.</summary>
internal sealed class ProviderLogin(Provider provider, OidcOptions options)
{
    public const string Path = "/login/provider";

    private static readonly TimeSpan LoginLifetime = TimeSpan.FromMinutes(10);

    public void Map(Routes routes)
    {
        routes.Map(Path, [HttpMethods.Get], Need.Nothing, BeginAsync, BrowserErrorForm.Instance);
        routes.Map("/login/callback", [HttpMethods.Get], Need.Nothing, FinishAsync, BrowserErrorForm.Instance);
    }

    private async Task BeginAsync(Call call)
    {
        var description = await provider.DescriptionAsync(call.Cancel);
        var login = new Login(Random(), Random(), Random(), call.Query.Text(ReturnPath.Parameter));
        SessionCookie.Set(call.Http, SessionCookie.Login, login.ToCookie(), LoginLifetime);
        call.KeepNoCopy();
        call.Http.Response.Redirect(QueryHelpers.AddQueryString(description.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = RedirectUri(call),
            ["scope"] = description.ScopesSupported.Contains("groups") ? "openid profile email groups" : "openid profile email",
            ["state"] = login.State,
            ["nonce"] = login.Nonce,
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(login.Verifier))),
            ["code_challenge_method"] = "S256",
        }));
    }

    private async Task FinishAsync(Call call)
    {
        call.KeepNoCopy();
        var login = Login.FromCookie(SessionCookie.Get(call.Http, SessionCookie.Login));
        SessionCookie.Delete(call.Http, SessionCookie.Login);
        if (login is null || !Same(call.Query.Text("state"), login.State))
        {
            throw Refused("This sign-in was started in another browser, or more than ten minutes ago. Begin again at /login.");
        }

        if (call.Query.Text("code") is not { Length: > 0 } code)
        {
            throw Refused("The identity provider did not sign you in. Begin again at /login.");
        }

        var idToken = await ExchangeAsync(call, code, login.Verifier);
        if (await provider.ReadAsync(idToken, call.Cancel) is not var (user, token) || !Same(token.TryGetClaim("nonce", out var nonce) ? nonce.Value : null, login.Nonce))
        {
            throw Refused("The identity provider's answer is not for this sign-in. Begin again at /login.");
        }

        var session = await call.Services.Sessions.BeginAsync(user, call.Cancel);
        SessionCookie.Set(call.Http, SessionCookie.Session, session.Value, SessionService.Lifetime);
        call.Http.Response.Redirect(ReturnPath.Of(call.Http, login.To));
    }

    private async Task<string> ExchangeAsync(Call call, string code, string verifier)
    {
        var description = await provider.DescriptionAsync(call.Cancel);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri(call),
            ["code_verifier"] = verifier,
            ["client_id"] = options.ClientId,
        };
        if (options.ClientSecret is { } secret)
        {
            form["client_secret"] = secret;
        }

        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await provider.Http.PostAsync(new Uri(description.TokenEndpoint), content, call.Cancel);
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(call.Cancel), cancellationToken: call.Cancel);
            return response.IsSuccessStatusCode && answer.RootElement.TryGetProperty(OpenIdConnectParameterNames.IdToken, out var token) && token.GetString() is { } text
                ? text
                : throw Refused("The identity provider did not confirm this sign-in. Begin again at /login; if it keeps failing, check the client id, secret and redirect URI that are registered there.");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or InvalidOperationException || (failure is OperationCanceledException && !call.Cancel.IsCancellationRequested))
        {
            throw new ProtocolException(ErrorCode.TemporarilyUnavailable, "The identity provider is not available. Try again later.", failure);
        }
    }

    private static string RedirectUri(Call call) => $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Http.Request.PathBase}/login/callback";

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static ProtocolException Refused(string message) => new(ErrorCode.PermissionDenied, message);

    /// <summary>What a browser keeps of a sign-in that has begun, so that any replica can finish it.</summary>
    private sealed record Login(string State, string Nonce, string Verifier, string? To)
    {
        public static Login? FromCookie(string? value) => value?.Split('.') switch
        {
            [var state, var nonce, var verifier, var to] when to.Length < 4096 => new(state, nonce, verifier, Decode(to)),
            _ => null,
        };

        public string ToCookie() => $"{State}.{Nonce}.{Verifier}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(To is { Length: < 2000 } ? To : ""))}";

        private static string? Decode(string to)
        {
            try
            {
                return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(to));
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
