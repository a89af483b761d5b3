using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Server.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Dossier.Server.Oidc;

/// <summary>The identity provider: its published description and keys, and what its tokens say.</summary>
internal sealed class Provider : IDisposable
{
    // Signatures with a key that only the provider has. None of a shared secret: whoever knows the provider's public key could make those.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly OidcOptions _options;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _configuration;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public Provider(OidcOptions options)
    {
        _options = options;
        Http = new() { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 1024 * 1024 };
        _configuration = new(
            options.Issuer.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(Http) { RequireHttps = !new Uri(options.Issuer).IsLoopback })
        {
            // An unknown key is looked for at once, but not again and again.
            RefreshInterval = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>Sends to the provider.</summary>
    public HttpClient Http { get; }

    /// <summary>The provider's description.</summary>
    /// <exception cref="ProtocolException"><c>TEMPORARILY_UNAVAILABLE</c> when it can't be read.</exception>
    public async Task<OpenIdConnectConfiguration> DescriptionAsync(CancellationToken cancel)
    {
        try
        {
            return await _configuration.GetConfigurationAsync(cancel);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException)
        {
            throw new ProtocolException(ErrorCode.TemporarilyUnavailable, "The identity provider does not answer. Try again later, or sign in with a token.", failure);
        }
    }

    /// <summary>What a token says that the provider signed for this server and that is still good; null for any other.</summary>
    public async Task<(ProviderUser User, JsonWebToken Token)?> ReadAsync(string token, CancellationToken cancel)
    {
        var description = await DescriptionAsync(cancel);
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ConfigurationManager = _configuration,
            ValidIssuer = description.Issuer,
            ValidAudience = _options.ClientId,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromMinutes(1),
        });
        return result.IsValid && result.SecurityToken is JsonWebToken read && Read(read) is { } user ? (user, read) : null;
    }

    public void Dispose() => Http.Dispose();

    private ProviderUser? Read(JsonWebToken token)
    {
        var name = Text(token, _options.UserClaim);
        if (string.IsNullOrEmpty(token.Subject) || string.IsNullOrEmpty(name))
        {
            return null;
        }

        // An address that the provider did not check may be anybody's.
        return _options.UserClaim == "email" && Text(token, "email_verified") is { } verified && !verified.Equals("true", StringComparison.OrdinalIgnoreCase)
            ? throw new ProtocolException(ErrorCode.PermissionDenied, "The identity provider has not verified your e-mail address.")
            : new(token.Subject, name, Text(token, "name"), [.. token.Claims.Where(claim => claim.Type == _options.GroupsClaim).Select(claim => claim.Value)]);
    }

    private static string? Text(JsonWebToken token, string claim) => token.Claims.FirstOrDefault(one => one.Type == claim)?.Value;
}
