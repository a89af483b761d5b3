using System.CommandLine;
using Dossier.Cli.Columns;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;
using Dossier.Cli.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get model</c>.</summary>
internal static class GetModelCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The registered model's name" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "model",
            "Shows a registered model: its newest versions, aliases and tags",
            "dossier get model pcb",
            "dossier get model pcb --format json")
        {
            Name, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var model = await client.RegisteredModels.GetAsync(parsed.GetRequiredValue(Name), cancellationToken);
        ObjectOutput.Write(parsed, model, Show);
        return ExitCode.Ok;
    }

    private static void Show(RegisteredModel model)
    {
        Details.Title("Registered model", model.Name);
        Details.Fields(
            ("description", model.Description),
            ("user_id", model.UserId),
            ("creation_timestamp", Human.Time(model.CreationTimestamp)),
            ("last_updated_timestamp", Human.Time(model.LastUpdatedTimestamp)));
        Details.Section("Newest version of each stage", model.LatestVersions, VersionColumns.All.Choose("version,current_stage,creation_timestamp,run_id"));
        Details.Section("Aliases", model.Aliases?.Select(alias => ("@" + alias.Alias, alias.Version)).ToList());
        Details.Section("Tags", TagFields.Of(model.Tags));
    }
}
