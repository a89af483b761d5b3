using System.Globalization;
using Dossier.CommandLine.Output;
using Dossier.Protocol;
using Dossier.Protocol.Json;

namespace Dossier.Cli.Columns;

internal static class RunColumns
{
    public static ColumnSet<Run> All { get; } = new(
        [
            new("run_id", run => run.Info.RunId, ColumnKind.Id),
            new("run_name", run => run.Info.RunName),
            new("status", run => run.Info.Status, ColumnKind.State),
            Column<Run>.Time("start_time", run => run.Info.StartTime),
            new("duration", ColumnKind.Number, Milliseconds, run => Human.Duration(run.Info.StartTime, run.Info.EndTime)),
            new("experiment_id", run => run.Info.ExperimentId, ColumnKind.Id),
            Column<Run>.Time("end_time", run => run.Info.EndTime),
            new("user_id", run => run.Info.UserId),
            new("lifecycle_stage", run => run.Info.LifecycleStage, ColumnKind.State),
            new("artifact_uri", run => run.Info.ArtifactUri),
        ],
        shownByDefault: 5,
        new Dictionary<string, Func<string, Column<Run>>>
        {
            ["metrics."] = OfMetric,
            ["params."] = OfParam,
            [TagColumn.Prefix] = key => TagColumn.Of<Run>(key, run => run.Data?.Tags),
        });

    private static string? Milliseconds(Run run) => run.Info is { StartTime: { } start, EndTime: { } end }
        ? (end - start).ToString(CultureInfo.InvariantCulture)
        : null;

    private static Column<Run> OfMetric(string key) => new(
        "metrics." + key,
        ColumnKind.Number,
        run => Latest(run, key) is { } metric ? FloatText.Format(metric.Value) : null,
        run => Latest(run, key) is { } metric ? Human.ShortNumber(metric.Value) : null);

    private static Metric? Latest(Run run, string key) => run.Data?.Metrics?.FirstOrDefault(metric => metric.Key == key);

    private static Column<Run> OfParam(string key) =>
        new("params." + key, run => run.Data?.Params?.FirstOrDefault(param => param.Key == key)?.Value);
}
