using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

internal static class ExperimentColumns
{
    public static ColumnSet<Experiment> All { get; } = new(
        [
            new("experiment_id", experiment => experiment.ExperimentId, ColumnKind.Id),
            new("name", experiment => experiment.Name),
            Column<Experiment>.Time("creation_time", experiment => experiment.CreationTime),
            Column<Experiment>.Time("last_update_time", experiment => experiment.LastUpdateTime),
            new("lifecycle_stage", experiment => experiment.LifecycleStage, ColumnKind.State),
            new("artifact_location", experiment => experiment.ArtifactLocation),
        ],
        shownByDefault: 4,
        new Dictionary<string, Func<string, Column<Experiment>>>
        {
            [TagColumn.Prefix] = key => TagColumn.Of<Experiment>(key, experiment => experiment.Tags),
        });
}
