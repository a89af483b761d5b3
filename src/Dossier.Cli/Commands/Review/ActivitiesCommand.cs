using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Review;

/// <summary><c>dossier activities</c>.</summary>
internal static class ActivitiesCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => ReviewListCommand.Of(
        new HelpfulCommand(
            "activities",
            "Lists what people did with a model version, the newest first: moves between stages, requests, decisions, comments. The history of a version that was deleted is kept",
            "dossier activities models:/pcb/3",
            "dossier activities models:/pcb/3 --limit 0 --format csv > history.csv"),
        ActivityColumns.OfHistory,
        "activities",
        (client, version, cancellationToken) => client.Review.ListActivitiesAsync(version.Name, version.Number, cancellationToken));
}
