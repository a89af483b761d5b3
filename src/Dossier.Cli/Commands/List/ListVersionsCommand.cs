using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Options;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
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

    public static Command Create() => SearchCommand.Of(
        new HelpfulCommand(
            "versions",
            "Lists model versions",
            "dossier list versions pcb",
            "dossier list versions pcb --order-by 'version_number DESC' --columns version,current_stage,source,tags.validated",
            "dossier list versions --filter \"run_id = '815123f2db9b49cdb9790c6a0371a4da'\" --format json") { Model },
        VersionColumns.All,
        "model versions",
        Search);

    private static IAsyncEnumerable<ModelVersion> Search(
        DossierClient client, ParseResult parsed, ListRequest<ModelVersion> request, CancellationToken cancellationToken)
    {
        var filters = new[] { parsed.GetValue(Model) is { } name ? $"name = {Quote(name)}" : null, request.Filter }.OfType<string>().ToList();
        var search = new SearchRegistry
        {
            Filter = filters.Count > 0 ? string.Join(" AND ", filters) : null,
            OrderBy = request.OrderBy,
            MaxResults = request.PageSize,
        };
        return client.ModelVersions.SearchAsync(search, cancellationToken);
    }

    // The filter language has two quotes and no escapes.
    private static string Quote(string name) => (name.Contains('\'', StringComparison.Ordinal), name.Contains('"', StringComparison.Ordinal)) switch
    {
        (false, _) => $"'{name}'",
        (true, false) => $"\"{name}\"",
        _ => throw new UsageException("A model name with both kinds of quotes cannot be searched for."),
    };
}
