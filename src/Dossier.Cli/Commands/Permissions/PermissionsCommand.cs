using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Permissions;

/// <summary><c>dossier permissions</c>.</summary>
internal static class PermissionsCommand
{
    /// <summary>The command and what can be done with permissions.</summary>
    public static Command Create() => new HelpfulCommand(
        "permissions",
        "Shows, changes and explains permissions on experiments, registered models and directories",
        "dossier permissions get models:/pcb",
        "dossier permissions grant experiment:pcb group:data=CAN_EDIT user:ann@example.com=CAN_READ",
        "dossier permissions revoke experiments/12 group:data",
        "# Can a user log runs there, and why?",
        "dossier permissions explain experiments/12 --user ann@example.com --level CAN_EDIT",
        "# Permissions on all models, and on everything in a directory",
        "dossier permissions get registered-models/root",
        "dossier permissions get directory:/Shared")
    {
        GetPermissionsCommand.Create(),
        SetPermissionsCommand.Create(),
        GrantPermissionsCommand.Create(),
        RevokePermissionsCommand.Create(),
        ExplainPermissionsCommand.Create(),
    };
}
