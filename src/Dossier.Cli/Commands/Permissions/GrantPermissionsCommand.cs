using System.CommandLine;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions grant</c>.</summary>
internal static class GrantPermissionsCommand
{
    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "grant",
            "Grants principals a level on an object, in place of their earlier level on it; other principals keep theirs",
            "dossier permissions grant experiment:pcb group:data=CAN_EDIT user:ann@example.com=CAN_READ",
            "dossier permissions grant models:/pcb sp:038455d4-e5ec-4544-b6cf-64d55b91fee1=CAN_MANAGE_STAGING_VERSIONS") { PermissionTarget.Argument, GrantArgument.Grants },
        async (client, parsed, cancellationToken) => await client.Permissions.UpdateAsync(
            await parsed.GetRequiredValue(PermissionTarget.Argument).ResolveAsync(client, cancellationToken),
            parsed.GetRequiredValue(GrantArgument.Grants),
            cancellationToken),
        PermissionsTable.Write);
}
