using System.CommandLine;
using System.Globalization;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get run</c>.</summary>
internal static class GetRunCommand
{
    private static readonly Argument<string> RunId = new("run-id") { Description = "The run's id" };

    private static readonly IReadOnlyList<Column<Metric>> MetricColumns =
    [
        new("key", metric => metric.Key),
        new("value", metric => FloatText.Format(metric.Value), ColumnKind.Number),
        new("step", metric => metric.Step.ToString(CultureInfo.InvariantCulture), ColumnKind.Number),
        new("time", metric => Human.Time(metric.Timestamp), ColumnKind.Time),
        new("dataset", metric => metric.DatasetName),
    ];

    private static readonly IReadOnlyList<Column<DatasetInput>> InputColumns =
    [
        new("name", input => input.Dataset.Name),
        new("digest", input => input.Dataset.Digest),
        new("context", input => input.Tags?.FirstOrDefault(tag => tag.Key == WellKnownTags.DataContext)?.Value),
        new("source type", input => input.Dataset.SourceType),
    ];

    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "run",
            "Shows a run: state, metrics, params, tags, datasets",
            "dossier get run 815123f2db9b49cdb9790c6a0371a4da",
            "dossier get run 815123f2db9b49cdb9790c6a0371a4da --format json | jq .data.metrics") { RunId },
        (client, parsed, cancellationToken) => client.Runs.GetAsync(parsed.GetRequiredValue(RunId), cancellationToken),
        Show);

    private static void Show(Run run)
    {
        var info = run.Info;
        Details.Title("Run", info.RunId);
        Details.Fields(
            ("run_name", info.RunName),
            ("status", info.Status),
            ("experiment_id", info.ExperimentId),
            ("user_id", info.UserId),
            ("start_time", Human.Time(info.StartTime)),
            ("end_time", Human.Time(info.EndTime)),
            ("duration", Human.Duration(info.StartTime, info.EndTime)),
            ("lifecycle_stage", info.LifecycleStage),
            ("artifact_uri", info.ArtifactUri));
        Details.Section("Metrics", run.Data?.Metrics, Occupied(run.Data?.Metrics, MetricColumns));
        Details.Section("Params", run.Data?.Params?.Select(param => (param.Key, param.Value)).ToList());
        ObjectCommand.ShowTags(run.Data?.Tags);

        // Servers before protocol 3 answer no outputs, and the oldest no inputs.
        Details.Section("Datasets", run.Inputs?.DatasetInputs, InputColumns);
        Details.Section("Input models", run.Inputs?.ModelInputs, [new("model_id", input => input.ModelId, ColumnKind.Id)]);
        Details.Section(
            "Output models",
            run.Outputs?.ModelOutputs,
            [
                new("model_id", output => output.ModelId, ColumnKind.Id),
                new("step", output => output.Step.ToString(CultureInfo.InvariantCulture), ColumnKind.Number),
            ]);
    }

    private static IReadOnlyList<Column<T>> Occupied<T>(IReadOnlyList<T>? rows, IReadOnlyList<Column<T>> columns) =>
        [.. columns.Where(column => rows?.Any(row => !string.IsNullOrEmpty(column.Text(row))) is true)];
}
