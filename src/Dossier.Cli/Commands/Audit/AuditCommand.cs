using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Audit;

/// <summary><c>dossier audit</c>.</summary>
internal static class AuditCommand
{
    /// <summary>The command and what it can tell.</summary>
    public static Command Create() => new HelpfulCommand(
        "audit",
        "Shows who did what and when, and checks that the log was not changed",
        "# Who deleted something in the last two days?",
        "dossier audit list --action registered_model.delete --since 2d",
        "# Which version was in production on the day of the incident?",
        "dossier audit stage pcb Production --at 2026-11-01T10:00Z",
        "# Was the log changed?",
        "dossier audit verify")
    {
        AuditListCommand.Create(),
        AuditStageCommand.Create(),
        AuditVerifyCommand.Create(),
    };
}
