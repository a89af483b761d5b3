using System.CommandLine;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions set</c>.</summary>
internal static class SetPermissionsCommand
{
    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "set",
            "Replaces the direct grants on an object; inherited grants stay. You must keep CAN_MANAGE yourself",
            "dossier permissions set experiments/12 user:ann@example.com=CAN_MANAGE group:data=CAN_EDIT",
            "dossier permissions set registered-models/root group:admins=CAN_MANAGE group:users=CAN_READ") { PermissionTarget.Argument, GrantArgument.Grants },
        async (client, parsed, cancellationToken) => await client.Permissions.ReplaceAsync(
            await parsed.GetRequiredValue(PermissionTarget.Argument).ResolveAsync(client, cancellationToken),
            parsed.GetRequiredValue(GrantArgument.Grants),
            cancellationToken),
        PermissionsTable.Write);
}
