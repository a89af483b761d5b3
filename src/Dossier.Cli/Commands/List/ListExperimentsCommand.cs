using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list experiments</c>.</summary>
internal static class ListExperimentsCommand
{
    public static Command Create() => SearchCommand.Of(
        new HelpfulCommand(
            "experiments",
            "Lists experiments",
            "dossier list experiments",
            "dossier list experiments --filter \"name LIKE '%vision%'\" --order-by 'last_update_time DESC'",
            "dossier list experiments --columns experiment_id,name,tags.team --format csv"),
        ExperimentColumns.All,
        "experiments",
        (client, _, request, cancellationToken) => client.Experiments.SearchAsync(
            new SearchExperiments { Filter = request.Filter, OrderBy = request.OrderBy, MaxResults = request.PageSize }, cancellationToken));
}
