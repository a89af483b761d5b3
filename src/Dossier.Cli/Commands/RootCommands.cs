using System.CommandLine;
using Dossier.Cli.Commands.Audit;
using Dossier.Cli.Commands.Get;
using Dossier.Cli.Commands.Identity;
using Dossier.Cli.Commands.List;
using Dossier.Cli.Commands.Passwords;
using Dossier.Cli.Commands.Permissions;
using Dossier.Cli.Commands.Review;
using Dossier.Cli.Commands.Tokens;
using Dossier.Cli.Commands.Webhooks;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands;

/// <summary>The command <c>dossier</c> and the tree below it.</summary>
internal static class RootCommands
{
    /// <summary>Builds the tree; nothing below it does any work before it is invoked.</summary>
    public static Command Create()
    {
        var root = ProgramCommand.Create(
            "dossier",
            "Keeps the complete record of every machine-learning model, and prints it as one report. Speaks the MLflow REST protocol.",
            "# See it work: a server, a recorded training run, its report",
            "dossier demo > report.md",
            "# Run a server for any MLflow client, then look at what it contains",
            "dossier server",
            "export MLFLOW_TRACKING_URI=http://127.0.0.1:5000",
            "dossier list runs --order-by 'metrics.loss ASC' --columns run_id,metrics.loss",
            "dossier report models:/pcb/latest --output pcb.md");
        Command[] commands =
        [
            ServerCommand.Create(),
            DemoCommand.Create(),
            ReportCommand.Create(),
            GetCommand.Create(),
            ListCommand.Create(),
            RequestsCommand.Create(),
            CommentsCommand.Create(),
            ActivitiesCommand.Create(),
            WebhooksCommand.Create(),
            AuditCommand.Create(),
            PermissionsCommand.Create(),
            UsersCommand.Create(),
            GroupsCommand.Create(),
            ServicePrincipalsCommand.Create(),
            TokensCommand.Create(),
            PasswordCommand.Create(),
            AdminCommand.Create(),
        ];
        Array.ForEach(commands, root.Add);
        return root;
    }
}
