using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get model</c>.</summary>
internal static class GetModelCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The registered model's name" };

    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "model",
            "Shows a registered model: its latest versions, aliases and tags",
            "dossier get model pcb",
            "dossier get model pcb --format json") { Name },
        (client, parsed, cancellationToken) => client.RegisteredModels.GetAsync(parsed.GetRequiredValue(Name), cancellationToken),
        Show);

    private static void Show(RegisteredModel model)
    {
        Details.Title("Registered model", model.Name);
        Details.Fields(
            ("description", model.Description),
            ("user_id", model.UserId),
            ("creation_timestamp", Human.Time(model.CreationTimestamp)),
            ("last_updated_timestamp", Human.Time(model.LastUpdatedTimestamp)));
        Details.Section("Latest version of each stage", model.LatestVersions, VersionColumns.All.Choose("version,current_stage,creation_timestamp,run_id"));
        Details.Section("Aliases", model.Aliases?.Select(alias => ("@" + alias.Alias, alias.Version)).ToList());
        ObjectCommand.ShowTags(model.Tags);
    }
}
