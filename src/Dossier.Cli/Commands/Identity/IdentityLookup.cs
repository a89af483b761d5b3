using Dossier.Cli.Commands.Permissions;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;
using Dossier.Protocol.Scim;

namespace Dossier.Cli.Commands.Identity;

/// <summary>Finds users, groups and service principals by the names that people know them by.</summary>
internal static class IdentityLookup
{
    public static async Task<ScimUser> UserAsync(DossierClient client, string name, CancellationToken cancellationToken) =>
        await client.Users.FindAsync(name, cancellationToken) ?? throw ProtocolException.NotFound($"User '{name}' not found.");

    /// <summary>The group of this name, with its members.</summary>
    public static async Task<ScimGroup> GroupAsync(DossierClient client, string name, CancellationToken cancellationToken) =>
        await client.Groups.FindAsync(name, cancellationToken) ?? throw ProtocolException.NotFound($"Group '{name}' not found.");

    /// <summary>The service principal of this application id.</summary>
    public static async Task<ScimServicePrincipal> ServicePrincipalAsync(DossierClient client, string applicationId, CancellationToken cancellationToken) =>
        await client.ServicePrincipals.FindAsync(applicationId, cancellationToken) ?? throw ProtocolException.NotFound($"Service principal '{applicationId}' not found.");

    /// <summary>The ids of those who are to be members.</summary>
    public static async Task<IReadOnlyList<string>> MembersAsync(DossierClient client, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var name in names)
        {
            var member = PrincipalName.Parse(name) ?? throw new UsageException(PrincipalName.Unclear(name));
            ids.Add(member switch
            {
                { User: { } user } => (await UserAsync(client, user, cancellationToken)).Id!,
                { Group: { } group } => (await GroupAsync(client, group, cancellationToken)).Id!,
                _ => (await ServicePrincipalAsync(client, member.ServicePrincipal!, cancellationToken)).Id!,
            });
        }

        return ids;
    }
}
