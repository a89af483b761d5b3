using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;

namespace Dossier.Cli.Commands.Review;

/// <summary><c>dossier activities</c>.</summary>
internal static class ActivitiesCommand
{
    public static Command Create() => ReviewListCommand.Of(
        new HelpfulCommand(
            "activities",
            "Lists a model version's history, newest first: stage transitions, requests, decisions, comments. The history of a deleted version is kept",
            "dossier activities models:/pcb/3",
            "dossier activities models:/pcb/3 --limit 0 --format csv > history.csv"),
        ActivityColumns.OfHistory,
        "activities",
        (client, version, cancellationToken) => client.Review.ListActivitiesAsync(version.Name, version.Number, cancellationToken));
}
