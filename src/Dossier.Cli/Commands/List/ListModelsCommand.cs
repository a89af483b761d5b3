using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list models</c>.</summary>
internal static class ListModelsCommand
{
    public static Command Create() => SearchCommand.Of(
        new HelpfulCommand(
            "models",
            "Lists registered models with the latest version of each stage",
            "dossier list models",
            "dossier list models --filter \"name ILIKE '%pcb%'\" --order-by 'last_updated_timestamp DESC'",
            "dossier list models --columns name,aliases,tags.owner --format csv"),
        ModelColumns.All,
        "registered models",
        (client, _, request, cancellationToken) => client.RegisteredModels.SearchAsync(
            new SearchRegistry { Filter = request.Filter, OrderBy = request.OrderBy, MaxResults = request.PageSize }, cancellationToken));
}
