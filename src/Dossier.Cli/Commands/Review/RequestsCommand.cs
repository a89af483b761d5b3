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
        Description = "Move the versions that are in this stage to Archived",
    };

    private static readonly Option<string?> Creator = new("--creator")
    {
        Description = "Whose request, which takes CAN_MANAGE [default: one's own]",
        HelpName = "NAME",
    };

    /// <summary>The command and what can be done with requests.</summary>
    public static Command Create() => new HelpfulCommand(
        "requests",
        "Asks for moves of model versions between stages, and decides about them",
        "# Ask for it",
        "dossier requests create models:/pcb/3 --stage Production --comment 'F1 is 0.97 on the new line'",
        "# See who asks for what, then let one in and the version before it out",
        "dossier requests list models:/pcb/3",
        "dossier requests approve models:/pcb/3 --stage Production --archive-existing --comment 'checked on line 2'")
    {
        ReviewListCommand.Of(
            new HelpfulCommand(
                "list",
                "Lists the open requests for a version, and what you may do with each",
                "dossier requests list models:/pcb/3",
                "dossier requests list models:/pcb@challenger --format json"),
            ActivityColumns.OfRequests,
            "open requests",
            ListAsync),
        Action(
            new HelpfulCommand(
                "create", "Asks for a move to a stage", "dossier requests create models:/pcb/3 --stage Production --comment 'F1 is 0.97'"),
            "Asked for",
            (review, version, parsed, cancellationToken) => review.CreateRequestAsync(
                version.Name, version.Number, Stage(parsed), Comment(parsed), cancellationToken)),
        Action(
            new HelpfulCommand(
                "approve",
                "Moves the version as was asked for, and closes all requests for that stage",
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
                "Takes a request back",
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
