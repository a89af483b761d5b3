using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.Server.Hosting;

namespace Dossier.Cli.Options;

/// <summary>The options <c>--oidc-…</c> of <c>dossier server</c>.</summary>
internal static class OidcCommandOptions
{
    private static readonly OidcOptions Defaults = new() { Issuer = "", ClientId = "" };

    private static readonly Option<string?> Issuer = new("--oidc-issuer")
    {
        Description = "OpenID Connect provider that people can sign in with",
        HelpName = "URL",
    };

    private static readonly Option<string?> ClientId = new("--oidc-client-id") { Description = "The server's client id at the provider", HelpName = "ID" };

    private static readonly Option<FileInfo?> ClientSecretFile = new("--oidc-client-secret-file")
    {
        Description = "File with the server's client secret, if it has one",
        HelpName = "FILE",
    };

    private static readonly Option<string> UserClaim = new("--oidc-user-claim")
    {
        Description = "The claim with the user's name",
        HelpName = "NAME",
        DefaultValueFactory = static _ => Defaults.UserClaim,
    };

    private static readonly Option<string> GroupsClaim = new("--oidc-groups-claim")
    {
        Description = "The claim with the user's groups; the user becomes a member of the groups of these names",
        HelpName = "NAME",
        DefaultValueFactory = static _ => Defaults.GroupsClaim,
    };

    private static readonly Option<string?> AdminGroup = new("--oidc-admin-group")
    {
        Description = "The provider's group whose members are administrators",
        HelpName = "NAME",
    };

    /// <summary>Adds them to the command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Issuer, ClientId, ClientSecretFile, UserClaim, GroupsClaim, AdminGroup })
        {
            command.Add(option);
        }
    }

    /// <summary>What the command line says; null for no provider.</summary>
    /// <exception cref="UsageException">Half of it is missing.</exception>
    public static OidcOptions? Of(ParseResult parsed)
    {
        var (issuer, client) = (parsed.GetValue(Issuer), parsed.GetValue(ClientId));
        if (issuer is null && client is null)
        {
            return null;
        }

        return new()
        {
            Issuer = issuer ?? throw new UsageException("--oidc-client-id needs --oidc-issuer."),
            ClientId = client ?? throw new UsageException("--oidc-issuer needs --oidc-client-id."),
            ClientSecret = parsed.GetValue(ClientSecretFile) is { } file ? File.ReadAllText(file.FullName).Trim() : null,
            UserClaim = parsed.GetRequiredValue(UserClaim),
            GroupsClaim = parsed.GetRequiredValue(GroupsClaim),
            AdminGroup = parsed.GetValue(AdminGroup),
        };
    }
}
