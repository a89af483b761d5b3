using System.CommandLine;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list</c>.</summary>
internal static class ListCommand
{
    /// <summary>The command and its kinds of lists.</summary>
    public static Command Create() => new HelpfulCommand(
        "list",
        "Lists objects on a server",
        "# The ten best runs of an experiment, as a spreadsheet",
        "dossier list runs --experiment pcb --order-by 'metrics.eval_f1 DESC' -n 10 -f csv",
        "# The versions that are in Staging",
        "dossier list versions --filter \"current_stage = 'Staging'\"",
        "# The files of a model",
        "dossier list artifacts models:/pcb/1")
    {
        ListExperimentsCommand.Create(),
        ListRunsCommand.Create(),
        ListModelsCommand.Create(),
        ListVersionsCommand.Create(),
        ListArtifactsCommand.Create(),
    };
}
