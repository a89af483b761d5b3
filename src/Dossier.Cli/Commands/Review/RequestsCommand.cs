using System.CommandLine;
using System.Runtime.CompilerServices;
using Dossier.Cli.Columns;
using Dossier.Cli.Commands.Get;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Review;

/// <summary><c>dossier requests</c>.</summary>
internal static class RequestsCommand
{
    private static readonly Option<bool> ArchiveExisting = new("--archive-existing")
    {
        Description = "Archive the versions that are in this stage",
    };

    private static readonly Option<string?> Creator = new("--creator")
    {
        Description = "Cancel this user's request, which needs CAN_MANAGE [default: your own]",
        HelpName = "NAME",
    };

    /// <summary>The command and what can be done with requests.</summary>
    public static Command Create() => new HelpfulCommand(
        "requests",
        "Requests stage transitions of model versions, and approves or rejects them",
        "# Request a transition",
        "dossier requests create models:/pcb/3 --stage Production --comment 'F1 is 0.97 on the new line'",
        "# List the open requests, then approve one and archive the version before it",
        "dossier requests list models:/pcb/3",
        "dossier requests approve models:/pcb/3 --stage Production --archive-existing --comment 'checked on line 2'")
    {
        ReviewListCommand.Of(
            new HelpfulCommand(
                "list",
                "Lists the open requests for a version, and the actions you can take on each",
                "dossier requests list models:/pcb/3",
                "dossier requests list models:/pcb@challenger --format json"),
            ActivityColumns.OfRequests,
            "open requests",
            ListAsync),
        Action(
            new HelpfulCommand(
                "create", "Requests a transition to a stage", "dossier requests create models:/pcb/3 --stage Production --comment 'F1 is 0.97'"),
            "Requested",
            (review, version, parsed, cancellationToken) => review.CreateRequestAsync(
                version.Name, version.Number, Stage(parsed), Comment(parsed), cancellationToken)),
        Action(
            new HelpfulCommand(
                "approve",
                "Moves the version as requested, and closes all requests for that stage",
                "dossier requests approve models:/pcb/3 --stage Staging",
                "dossier requests approve models:/pcb/3 --stage Production --archive-existing") { ArchiveExisting },
            "Approved",
            (review, version, parsed, cancellationToken) => review.ApproveAsync(
                version.Name, version.Number, Stage(parsed), parsed.GetValue(ArchiveExisting), Comment(parsed), cancellationToken)),
        Action(
            new HelpfulCommand(
                "reject",
                "Closes all requests for a stage; the version stays where it is",
                "dossier requests reject models:/pcb/3 --stage Production --comment 'too slow on line 2'"),
            "Rejected",
            (review, version, parsed, cancellationToken) => review.RejectAsync(
                version.Name, version.Number, Stage(parsed), Comment(parsed), cancellationToken)),
        Action(
            new HelpfulCommand(
                "cancel",
                "Cancels a request",
                "dossier requests cancel models:/pcb/3 --stage Production",
                "dossier requests cancel models:/pcb/3 --stage Production --creator ada@example.com") { Creator },
            "Cancelled",
            (review, version, parsed, cancellationToken) => review.CancelRequestAsync(
                version.Name, version.Number, Stage(parsed), parsed.GetValue(Creator), Comment(parsed), cancellationToken)),
    };

    private static Command Action(
        HelpfulCommand command, string done, Func<ReviewClient, VersionKey, ParseResult, CancellationToken, Task<Activity>> act)
    {
        command.Add(ReviewArguments.Version);
        command.Add(ReviewArguments.Stage);
        command.Add(ReviewArguments.Comment);
        return ObjectCommand.Of(
            command,
            async (client, parsed, cancellationToken) =>
                await act(client.Review, await ReviewArguments.FindVersionAsync(client, parsed, cancellationToken), parsed, cancellationToken),
            activity => Console.Out.WriteLine($"{done}: {activity.FromStage} → {activity.ToStage}."));
    }

    private static async IAsyncEnumerable<Activity> ListAsync(
        DossierClient client, VersionKey version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var request in await client.Review.ListRequestsAsync(version.Name, version.Number, cancellationToken))
        {
            yield return request;
        }
    }

    private static string Stage(ParseResult parsed) => parsed.GetRequiredValue(ReviewArguments.Stage);

    private static string? Comment(ParseResult parsed) => parsed.GetValue(ReviewArguments.Comment);
}
