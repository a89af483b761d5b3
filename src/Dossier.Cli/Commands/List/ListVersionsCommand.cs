using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list versions</c>.</summary>
internal static class ListVersionsCommand
{
    private static readonly Argument<string?> Model = new("model")
    {
        Description = "Only versions of this registered model [default: all]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "versions",
            "Lists model versions",
            "dossier list versions pcb",
            "dossier list versions pcb --order-by 'version_number DESC' --columns version,current_stage,source,tags.validated",
            "dossier list versions --filter \"run_id = '815123f2db9b49cdb9790c6a0371a4da'\" --format json")
        {
            Model,
            TrackingOptions.TrackingUri, ListOptions.Filter, ListOptions.OrderBy, ListOptions.Columns, ListOptions.Limit, FormatOption.OfLists,
        };
        command.Columns = VersionColumns.All.Names;
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = ListRequest<ModelVersion>.Of(parsed, VersionColumns.All, "model versions");
        using var client = TrackingOptions.Connect(parsed);
        var filters = new[] { parsed.GetValue(Model) is { } name ? $"name = {Quote(name)}" : null, request.Filter };
        var search = new SearchRegistry
        {
            Filter = filters.OfType<string>().ToList() is { Count: > 0 } given ? string.Join(" AND ", given) : null,
            OrderBy = request.OrderBy,
            MaxResults = request.PageSize,
        };
        await request.WriteAsync(client.ModelVersions.SearchAsync(search, cancellationToken), cancellationToken);
        return ExitCode.Ok;
    }

    // The filter language has two quotes and no escapes.
    private static string Quote(string name) => (name.Contains('\'', StringComparison.Ordinal), name.Contains('"', StringComparison.Ordinal)) switch
    {
        (false, _) => $"'{name}'",
        (true, false) => $"\"{name}\"",
        _ => throw new UsageException("A model name with both kinds of quotes cannot be searched for."),
    };
}
