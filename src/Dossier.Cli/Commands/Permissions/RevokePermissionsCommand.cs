using System.CommandLine;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions revoke</c>.</summary>
internal static class RevokePermissionsCommand
{
    private const string Nothing = "NO_PERMISSIONS";

    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "revoke",
            "Revokes the direct grants of principals on an object; inherited grants and those of their groups stay",
            "dossier permissions revoke experiment:pcb group:data",
            "dossier permissions revoke models:/pcb ann@example.com") { PermissionTarget.Argument, GrantArgument.Principals },
        async (client, parsed, cancellationToken) => await client.Permissions.UpdateAsync(
            await parsed.GetRequiredValue(PermissionTarget.Argument).ResolveAsync(client, cancellationToken),
            [.. parsed.GetRequiredValue(GrantArgument.Principals).Select(principal => principal.Request(Nothing))],
            cancellationToken),
        PermissionsTable.Write);
}
