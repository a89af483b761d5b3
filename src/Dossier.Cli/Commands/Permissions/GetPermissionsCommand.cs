using System.CommandLine;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions get</c>.</summary>
internal static class GetPermissionsCommand
{
    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "get",
            "Shows all grants on an object: principal, level, and whether it is direct or inherited",
            "dossier permissions get models:/pcb",
            "dossier permissions get experiments/12 --format json",
            "dossier permissions get directory:/Shared") { PermissionTarget.Argument },
        async (client, parsed, cancellationToken) => await client.Permissions.GetAsync(
            await parsed.GetRequiredValue(PermissionTarget.Argument).ResolveAsync(client, cancellationToken), cancellationToken),
        PermissionsTable.Write);
}
