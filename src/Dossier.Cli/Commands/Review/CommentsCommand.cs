using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Commands.Get;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Review;

/// <summary><c>dossier comments</c>.</summary>
internal static class CommentsCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The comment's id, as 'dossier comments list' shows it" };

    private static readonly Argument<string> Text = new("text") { Description = "The comment" };

    /// <summary>The command and what can be done with comments.</summary>
    public static Command Create() => new HelpfulCommand(
        "comments",
        "Comments on model versions; comments are shown in a version's history",
        "dossier comments add models:/pcb/3 'Line 2 ran with it for a week: 4 false alarms'",
        "dossier comments list models:/pcb/3")
    {
        ReviewListCommand.Of(
            new HelpfulCommand("list", "Lists the comments on a version, the newest first", "dossier comments list models:/pcb/3"),
            ActivityColumns.OfComments,
            "comments",
            (client, version, cancellationToken) => client.Review.ListActivitiesAsync(version.Name, version.Number, cancellationToken)
                .Where(activity => activity.ActivityType == ActivityType.NewComment)),
        ObjectCommand.Of(
            new HelpfulCommand("add", "Comments on a version", "dossier comments add models:/pcb/3 'Line 2 ran with it for a week'") { ReviewArguments.Version, Text },
            async (client, parsed, cancellationToken) =>
            {
                var version = await ReviewArguments.FindVersionAsync(client, parsed, cancellationToken);
                return await client.Review.CommentAsync(version.Name, version.Number, parsed.GetRequiredValue(Text), cancellationToken);
            },
            comment => Console.Out.WriteLine($"Added comment {comment.Id}.")),
        ObjectCommand.Of(
            new HelpfulCommand("update", "Changes a comment of yours", "dossier comments update 6fc74c92704341aaa49e74dcc6031057 'Line 2 ran with it for a month'") { Id, Text },
            (client, parsed, cancellationToken) =>
                client.Review.UpdateCommentAsync(parsed.GetRequiredValue(Id), parsed.GetRequiredValue(Text), cancellationToken),
            comment => Console.Out.WriteLine($"Changed comment {comment.Id}.")),
        ActionCommand.Of(
            new HelpfulCommand(
                "delete", "Deletes a comment of yours, or with CAN_MANAGE on the model anybody's", "dossier comments delete 6fc74c92704341aaa49e74dcc6031057") { Id },
            async (client, parsed, cancellationToken) =>
            {
                await client.Review.DeleteCommentAsync(parsed.GetRequiredValue(Id), cancellationToken);
                return $"Deleted comment {parsed.GetRequiredValue(Id)}.";
            }),
    };
}
