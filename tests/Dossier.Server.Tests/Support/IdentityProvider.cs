using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Dossier.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Dossier.Server.Tests.Support;

/// <summary>A real OpenID Connect provider (OpenIddict) on a free port. It signs in whoever <see cref="User"/> is, without asking.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "dossier";
    public const string ClientSecret = "provider-side-secret";
    private WebApplication _app;
    private RsaSecurityKey _key;

    private IdentityProvider(WebApplication app, RsaSecurityKey key) => (_app, _key) = (app, key);

    /// <summary>Who signs in next.</summary>
    public Dictionary<string, object> User { get; set; } = Claims("sub-ann", "ann@example.com");

    public string Issuer => _app.Urls.First();

    public OidcOptions Options => new() { Issuer = Issuer, ClientId = ClientId, ClientSecret = ClientSecret, AdminGroup = "mlops" };

    /// <summary>The key that it signs with, for tokens that it would never make.</summary>
    public RsaSecurityKey Key => _key;

    public static Dictionary<string, object> Claims(string subject, string email, params string[] groups) =>
        new() { ["sub"] = subject, ["email"] = email, ["email_verified"] = true, ["name"] = email.Split('@')[0], ["groups"] = groups };

    public static async Task<IdentityProvider> StartAsync()
    {
        IdentityProvider? provider = null;
        var key = NewKey();
        var app = await StartAsync(0, key, () => provider!.User);
        return provider = new(app, key);
    }

    /// <summary>Starts anew with another key, as a provider does that renews its keys.</summary>
    public async Task RenewKeyAsync()
    {
        var port = new Uri(Issuer).Port;
        await _app.DisposeAsync();
        _key = NewKey();
        _app = await StartAsync(port, _key, () => User);
    }

    /// <summary>An id token for <see cref="User"/>, got as any client gets one.</summary>
    public async Task<string> SignInAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        using var redirect = await http.GetAsync(
            $"{Issuer}/connect/authorize?response_type=code&client_id={ClientId}&redirect_uri=http%3A%2F%2Flocalhost%2Fcb&scope=openid%20email&code_challenge_method=S256&code_challenge="
            + WebEncoders.Base64UrlEncode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(verifier))), cancel);
        var code = QueryHelpers.ParseQuery(redirect.Headers.Location!.Query)["code"].ToString();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = "http://localhost/cb", ["code_verifier"] = verifier,
            ["client_id"] = ClientId, ["client_secret"] = ClientSecret,
        });
        using var answer = await http.PostAsync($"{Issuer}/connect/token", form, cancel);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
        return json.RootElement.GetProperty("id_token").GetString()!;
    }

    /// <summary>A token that says what one likes.</summary>
    public string Forge(SigningCredentials? by = null, string? issuer = null, string audience = ClientId, int minutes = 5) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer ?? Issuer + "/",
        Audience = audience,
        Claims = User,
        NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1),
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(minutes),
        SigningCredentials = by ?? new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    private static async Task<WebApplication> StartAsync(int port, RsaSecurityKey key, Func<Dictionary<string, object>> user)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddOpenIddict().AddServer(options =>
        {
            options.EnableDegradedMode();
            options.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
            options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            options.RegisterScopes(Scopes.Email, Scopes.Profile, "groups");
            options.AddEphemeralEncryptionKey().AddSigningKey(key);
            options.UseAspNetCore().DisableTransportSecurityRequirement();
            options.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId)
                {
                    context.Reject(Errors.InvalidClient, "unknown client");
                }

                return default;
            }));
            options.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                {
                    context.Reject(Errors.InvalidClient, "unknown client");
                }

                return default;
            }));
            options.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                var identity = new ClaimsIdentity("test");
                foreach (var (name, value) in user())
                {
                    foreach (var one in value as string[] ?? [value.ToString()!])
                    {
                        identity.AddClaim(new Claim(name, value is bool ? one.ToLowerInvariant() : one, value is bool ? ClaimValueTypes.Boolean : ClaimValueTypes.String));
                    }
                }

                context.Principal = new ClaimsPrincipal(identity);
                context.Principal.SetScopes(context.Request.GetScopes());
                context.Principal.SetDestinations(static _ => [Destinations.IdentityToken]);
                return default;
            }));
        });
        var app = builder.Build();
        app.UseAuthentication();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
