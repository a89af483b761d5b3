using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Protocol.Scim;

namespace Dossier.Cli.Commands.Identity;

/// <summary><c>dossier service-principals</c>.</summary>
internal static class ServicePrincipalsCommand
{
    private static readonly Argument<string> DisplayName = new("display_name") { Description = "Its display name" };

    private static readonly Argument<string> ApplicationId = new("application_id") { Description = "Its application id, as 'dossier service-principals list' shows it" };

    /// <summary>The command and what can be done with service principals.</summary>
    public static Command Create() => new HelpfulCommand(
        "service-principals",
        "Service principals: identities of programs (for administrators)",
        "dossier service-principals create 'nightly training'",
        "dossier service-principals list")
    {
        IdentityList.Of(
            new HelpfulCommand(
                "list", "Lists service principals", "dossier service-principals list", "dossier service-principals list --filter 'displayName sw \"nightly\"'"),
            IdentityColumns.ServicePrincipals,
            "service principals",
            (client, filter, cancellationToken) => client.ServicePrincipals.ListAsync(filter, cancellationToken)),
        ObjectCommand.Of(
            new HelpfulCommand(
                "get", "Shows a service principal with its groups", "dossier service-principals get 3f2a9c1e-7d45-4b8a-9a51-0c6de1f7b2aa") { ApplicationId },
            (client, parsed, cancellationToken) => IdentityLookup.ServicePrincipalAsync(client, parsed.GetRequiredValue(ApplicationId), cancellationToken),
            Show),
        ObjectCommand.Of(
            new HelpfulCommand(
                "create",
                "Creates a service principal and shows its application id, which grants and tokens refer to",
                "dossier service-principals create 'nightly training'",
                "dossier service-principals create robot --format json") { DisplayName },
            (client, parsed, cancellationToken) => client.ServicePrincipals.CreateAsync(new() { DisplayName = parsed.GetRequiredValue(DisplayName) }, cancellationToken),
            Show),
        ActionCommand.Of(
            new HelpfulCommand(
                "delete",
                "Deletes a service principal, with its memberships, grants, secrets and tokens",
                "dossier service-principals delete 3f2a9c1e-7d45-4b8a-9a51-0c6de1f7b2aa") { ApplicationId },
            async (client, parsed, cancellationToken) =>
            {
                var program = await IdentityLookup.ServicePrincipalAsync(client, parsed.GetRequiredValue(ApplicationId), cancellationToken);
                await client.ServicePrincipals.DeleteAsync(program.Id!, cancellationToken);
                return $"Deleted service principal {program.ApplicationId}.";
            }),
    };

    private static void Show(ScimServicePrincipal program)
    {
        Details.Title("Service principal", program.ApplicationId ?? "");
        Details.Fields(
            ("display_name", program.DisplayName),
            ("active", IdentityColumns.Truth(program.Active)),
            ("groups", IdentityColumns.Names(program.Groups)),
            ("id", program.Id),
            ("created", program.Meta?.Created));
    }
}
