using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Options;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;

namespace Dossier.Cli.Commands.Identity;

/// <summary>Makes the commands that list users, groups and service principals.</summary>
internal static class IdentityList
{
    private static readonly Option<string?> Filter = new("--filter")
    {
        Description = "Show only what matches this filter, in SCIM's filter language: eq, ne, co (contains), sw (starts with), and, or",
        HelpName = "FILTER",
    };

    /// <summary>Gives a command the options of these lists and what it does.</summary>
    /// <param name="command">Name, help and examples.</param>
    /// <param name="columns">What can be shown.</param>
    /// <param name="noun">What the items are called, in the plural.</param>
    /// <param name="list">Reads them.</param>
    public static Command Of<T>(
        HelpfulCommand command, ColumnSet<T> columns, string noun, Func<DossierClient, string?, CancellationToken, IAsyncEnumerable<T>> list)
    {
        command.Add(Filter);
        command.Add(ListOptions.Limit);
        command.Add(ListOptions.Columns);
        command.Add(TrackingOptions.TrackingUri);
        command.Add(FormatOption.OfLists);
        command.Columns = columns.Names;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = TrackingOptions.Connect(parsed);
            var request = new ListingRequest(parsed.GetValue(FormatOption.OfLists), parsed.GetValue(ListOptions.Limit), noun);
            await Listing.WriteAsync(
                list(client, parsed.GetValue(Filter), cancellationToken), columns.Choose(parsed.GetValue(ListOptions.Columns)), request, cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
