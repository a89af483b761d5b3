namespace Dossier.Protocol;

/// <summary>POST <c>accounts/servicePrincipals/{id}/credentials/secrets</c>.</summary>
/// <param name="Lifetime">How long it is good for, in seconds with an <c>s</c>: <c>7776000s</c>. Absent for two years.</param>
public sealed record CreateClientSecret(string? Lifetime)
{
    /// <summary>The service principal's number, which the path names.</summary>
    public string? ServicePrincipalId { get; init; }
}

/// <summary>GET <c>/api/2.0/accounts/servicePrincipals/{service_principal_id}/credentials/secrets</c>.</summary>
public sealed record ListClientSecrets(string? ServicePrincipalId);

/// <summary>DELETE <c>/api/2.0/accounts/servicePrincipals/{service_principal_id}/credentials/secrets/{secret_id}</c>.</summary>
public sealed record DeleteClientSecret(string? ServicePrincipalId, string? SecretId);

/// <summary>Answer of GET <c>accounts/servicePrincipals/{id}/credentials/secrets</c>.</summary>
public sealed record ClientSecretList(IReadOnlyList<ClientSecret>? Secrets);

/// <summary>Answer of POST <c>/oidc/v1/token</c> (RFC 6749).</summary>
/// <param name="AccessToken">What signs in.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="ExpiresIn">For how many seconds.</param>
/// <param name="Scope"><c>all-apis</c>.</param>
public sealed record OAuthToken(string AccessToken, string TokenType, long ExpiresIn, string Scope)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(OAuthToken);
}

/// <summary>The error of POST <c>/oidc/v1/token</c>, as RFC 6749 and as the protocol have it.</summary>
/// <param name="Error">E.g. <c>invalid_client</c>.</param>
/// <param name="ErrorDescription">What is wrong and what would be right.</param>
/// <param name="ErrorCode">One of <see cref="Protocol.ErrorCode"/>.</param>
/// <param name="Message">The description again.</param>
public sealed record OAuthError(string Error, string ErrorDescription, string ErrorCode, string Message);

/// <summary>Where OAuth happens (RFC 8414): <c>/oidc/.well-known/oauth-authorization-server</c>.</summary>
public sealed record OAuthServer
{
    /// <summary>The server's name for itself.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where tokens are handed out.</summary>
    public required string TokenEndpoint { get; init; }

    /// <summary>Where people would sign in.</summary>
    public required string AuthorizationEndpoint { get; init; }

    /// <summary><c>client_credentials</c>.</summary>
    public IReadOnlyList<string> GrantTypesSupported { get; init; } = ["client_credentials"];

    /// <summary>None: there are no codes here.</summary>
    public IReadOnlyList<string> ResponseTypesSupported { get; init; } = ["none"];

    /// <summary>How a client shows its secret.</summary>
    public IReadOnlyList<string> TokenEndpointAuthMethodsSupported { get; init; } = ["client_secret_basic", "client_secret_post"];

    /// <summary><c>all-apis</c>.</summary>
    public IReadOnlyList<string> ScopesSupported { get; init; } = ["all-apis"];
}
