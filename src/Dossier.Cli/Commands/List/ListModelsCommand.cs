using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list models</c>.</summary>
internal static class ListModelsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "models",
            "Lists registered models with the newest version of each stage",
            "dossier list models",
            "dossier list models --filter \"name ILIKE '%pcb%'\" --order-by 'last_updated_timestamp DESC'",
            "dossier list models --columns name,aliases,tags.owner --format csv")
        {
            TrackingOptions.TrackingUri, ListOptions.Filter, ListOptions.OrderBy, ListOptions.Columns, ListOptions.Limit, FormatOption.OfLists,
        };
        command.Columns = ModelColumns.All.Names;
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = ListRequest<RegisteredModel>.Of(parsed, ModelColumns.All, "registered models");
        using var client = TrackingOptions.Connect(parsed);
        var search = new SearchRegistry { Filter = request.Filter, OrderBy = request.OrderBy, MaxResults = request.PageSize };
        await request.WriteAsync(client.RegisteredModels.SearchAsync(search, cancellationToken), cancellationToken);
        return ExitCode.Ok;
    }
}
