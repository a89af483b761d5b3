using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list experiments</c>.</summary>
internal static class ListExperimentsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "experiments",
            "Lists experiments",
            "dossier list experiments",
            "dossier list experiments --filter \"name LIKE '%vision%'\" --order-by 'last_update_time DESC'",
            "dossier list experiments --columns experiment_id,name,tags.team --format csv")
        {
            TrackingOptions.TrackingUri, ListOptions.Filter, ListOptions.OrderBy, ListOptions.Columns, ListOptions.Limit, FormatOption.OfLists,
        };
        command.Columns = ExperimentColumns.All.Names;
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = ListRequest<Experiment>.Of(parsed, ExperimentColumns.All, "experiments");
        using var client = TrackingOptions.Connect(parsed);
        var search = new SearchExperiments { Filter = request.Filter, OrderBy = request.OrderBy, MaxResults = request.PageSize };
        await request.WriteAsync(client.Experiments.SearchAsync(search, cancellationToken), cancellationToken);
        return ExitCode.Ok;
    }
}
