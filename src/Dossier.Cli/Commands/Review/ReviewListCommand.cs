using System.CommandLine;
using Dossier.Cli.Options;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Review;

/// <summary>Makes the commands that list what happened to a version.</summary>
internal static class ReviewListCommand
{
    /// <summary>Gives a command the options of lists and what it does.</summary>
    /// <param name="command">Name and help.</param>
    /// <param name="columns">The columns of table and CSV.</param>
    /// <param name="noun">What the items are called, in the plural.</param>
    /// <param name="list">Asks the server.</param>
    public static Command Of(
        HelpfulCommand command,
        IReadOnlyList<Column<Activity>> columns,
        string noun,
        Func<DossierClient, VersionKey, CancellationToken, IAsyncEnumerable<Activity>> list)
    {
        command.Add(ReviewArguments.Version);
        command.Add(TrackingOptions.TrackingUri);
        command.Add(ListOptions.Limit);
        command.Add(FormatOption.OfLists);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = TrackingOptions.Connect(parsed);
            var version = await ReviewArguments.FindVersionAsync(client, parsed, cancellationToken);
            var request = new ListingRequest(parsed.GetValue(FormatOption.OfLists), parsed.GetValue(ListOptions.Limit), noun);
            await Listing.WriteAsync(list(client, version, cancellationToken), columns, request, cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
