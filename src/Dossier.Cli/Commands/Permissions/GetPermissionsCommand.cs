using System.CommandLine;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions get</c>.</summary>
internal static class GetPermissionsCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "get",
            "Shows all grants on an object: to whom, how much, and whether made on it directly or inherited from above",
            "dossier permissions get models:/pcb",
            "dossier permissions get experiments/12 --format json",
            "dossier permissions get directory:/Shared") { PermissionTarget.Argument },
        async (client, parsed, cancellationToken) => await client.Permissions.GetAsync(
            await parsed.GetRequiredValue(PermissionTarget.Argument).ResolveAsync(client, cancellationToken), cancellationToken),
        PermissionsTable.Write);
}
