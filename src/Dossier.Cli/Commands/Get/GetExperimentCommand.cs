using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get experiment</c>.</summary>
internal static class GetExperimentCommand
{
    private static readonly Argument<string> IdOrName = new("experiment") { Description = "The experiment's name or id" };

    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "experiment",
            "Shows an experiment with its tags",
            "dossier get experiment pcb",
            "dossier get experiment 0 --format json") { IdOrName },
        (client, parsed, cancellationToken) => ExperimentLookup.FindAsync(client, parsed.GetRequiredValue(IdOrName), cancellationToken),
        Show);

    private static void Show(Experiment experiment)
    {
        Details.Title("Experiment", experiment.Name);
        Details.Fields(
            ("experiment_id", experiment.ExperimentId),
            ("lifecycle_stage", experiment.LifecycleStage),
            ("creation_time", Human.Time(experiment.CreationTime)),
            ("last_update_time", Human.Time(experiment.LastUpdateTime)),
            ("artifact_location", experiment.ArtifactLocation));
        ObjectCommand.ShowTags(experiment.Tags);
    }
}
