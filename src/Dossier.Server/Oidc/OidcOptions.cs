namespace Dossier.Server.Hosting;

/// <summary>Sign-in by OpenID Connect.</summary>
public sealed record OidcOptions
{
    /// <summary>The provider, e.g. <c>https://login.example.com/realms/main</c>; its discovery document lies below it.</summary>
    public required string Issuer { get; init; }

    /// <summary>This server's id there; tokens must be meant for it.</summary>
    public required string ClientId { get; init; }

    /// <summary>This server's secret there; null for a public client.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The claim that names the user.</summary>
    public string UserClaim { get; init; } = "email";

    /// <summary>The claim that names the user's groups.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>The provider's group whose members are administrators here; null for none.</summary>
    public string? AdminGroup { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Issuer} as {ClientId}";

    /// <summary>All that is wrong, a sentence each.</summary>
    internal IEnumerable<string> Errors()
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || !(issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            yield return "the OpenID Connect issuer is no https:// URL (http:// will do on this machine alone).";
        }

        if (ClientId.Length == 0)
        {
            yield return "OpenID Connect needs a client id: the one that the provider knows this server by.";
        }

        if (UserClaim.Length == 0 || GroupsClaim.Length == 0)
        {
            yield return "the OpenID Connect claims for user and groups need names, e.g. email and groups.";
        }
    }
}
