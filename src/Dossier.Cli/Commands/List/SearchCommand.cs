using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Options;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;

namespace Dossier.Cli.Commands.List;

/// <summary>Starts a search on the server.</summary>
internal delegate IAsyncEnumerable<T> Search<T>(DossierClient client, ParseResult parsed, ListRequest<T> request, CancellationToken cancellationToken);

/// <summary>Makes the commands that list what a search finds.</summary>
internal static class SearchCommand
{
    /// <summary>Gives a command the options of searching lists and what it does.</summary>
    /// <param name="command">Name, help, and the options of its own.</param>
    /// <param name="columns">What can be shown of an item.</param>
    /// <param name="noun">What the items are called, in the plural.</param>
    /// <param name="search">The search.</param>
    public static Command Of<T>(HelpfulCommand command, ColumnSet<T> columns, string noun, Search<T> search)
    {
        command.Add(TrackingOptions.TrackingUri);
        command.Add(ListOptions.Filter);
        command.Add(ListOptions.OrderBy);
        command.Add(ListOptions.Columns);
        command.Add(ListOptions.Limit);
        command.Add(FormatOption.OfLists);
        command.Columns = columns.Names;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = ListRequest<T>.Of(parsed, columns, noun);
            using var client = TrackingOptions.Connect(parsed);
            await request.WriteAsync(search(client, parsed, request, cancellationToken), cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
