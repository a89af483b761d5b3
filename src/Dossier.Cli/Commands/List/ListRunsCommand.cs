using System.CommandLine;
using System.Runtime.CompilerServices;
using Dossier.Cli.Columns;
using Dossier.Cli.Options;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list runs</c>.</summary>
internal static class ListRunsCommand
{
    private static readonly Option<string[]> Experiment = new("--experiment", "-e")
    {
        Description = "Only runs of this experiment, by id or name; repeat it for more [default: all experiments]",
        HelpName = "ID|NAME",
    };

    public static Command Create() => SearchCommand.Of(
        new HelpfulCommand(
            "runs",
            "Lists runs, newest first",
            "dossier list runs --experiment pcb",
            "dossier list runs --filter \"metrics.eval_f1 > 0.9 AND params.optim = 'adamw_hf'\"",
            "dossier list runs --order-by 'metrics.eval_f1 DESC' --columns run_id,run_name,metrics.eval_f1,params.learning_rate",
            "dossier list runs --limit 0 --format json > runs.json") { Experiment },
        RunColumns.All,
        "runs",
        SearchAsync);

    private static async IAsyncEnumerable<Run> SearchAsync(
        DossierClient client, ParseResult parsed, ListRequest<Run> request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var search = new SearchRuns
        {
            ExperimentIds = await ExperimentIdsAsync(client, parsed.GetValue(Experiment) ?? [], cancellationToken),
            Filter = request.Filter,
            OrderBy = request.OrderBy,
            MaxResults = request.PageSize,
        };
        await foreach (var run in client.Runs.SearchAsync(search, cancellationToken))
        {
            yield return run;
        }
    }

    private static async Task<IReadOnlyList<string>> ExperimentIdsAsync(
        DossierClient client, string[] idsOrNames, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var idOrName in idsOrNames)
        {
            ids.Add((await ExperimentLookup.FindAsync(client, idOrName, cancellationToken)).ExperimentId);
        }

        if (idsOrNames.Length == 0)
        {
            await foreach (var experiment in client.Experiments.SearchAsync(new SearchExperiments(), cancellationToken))
            {
                ids.Add(experiment.ExperimentId);
            }
        }

        return ids;
    }
}
