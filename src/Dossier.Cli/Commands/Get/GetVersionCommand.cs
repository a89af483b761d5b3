using System.CommandLine;
using Dossier.Cli.Invocation;
using Dossier.Cli.Options;
using Dossier.Cli.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get version</c>.</summary>
internal static class GetVersionCommand
{
    private static readonly Argument<string> Uri = new("uri")
    {
        Description = "models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest or models:/NAME@ALIAS",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "version",
            "Shows a model version with its stage, aliases and tags",
            "dossier get version models:/pcb/1",
            "dossier get version models:/pcb/latest",
            "dossier get version models:/pcb@champion --format json")
        {
            Uri, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = ModelUri.Parse(parsed.GetRequiredValue(Uri));
        using var client = TrackingOptions.Connect(parsed);
        var version = await VersionLookup.FindAsync(client, uri, cancellationToken)
            ?? throw new UsageException($"'{uri.Text}' names no registered model; a version is models:/NAME/VERSION, …/STAGE, …/latest or models:/NAME@ALIAS.");
        ObjectOutput.Write(parsed, version, Show);
        return ExitCode.Ok;
    }

    private static void Show(ModelVersion version)
    {
        Details.Title("Model version", $"{version.Name} {version.Version}");
        Details.Fields(
            ("current_stage", version.CurrentStage),
            ("aliases", version.Aliases is { Count: > 0 } aliases ? string.Join(", ", aliases.Select(alias => "@" + alias)) : null),
            ("description", version.Description),
            ("status", version.Status),
            ("status_message", version.StatusMessage),
            ("user_id", version.UserId),
            ("creation_timestamp", Human.Time(version.CreationTimestamp)),
            ("last_updated_timestamp", Human.Time(version.LastUpdatedTimestamp)),
            ("run_id", version.RunId),
            ("run_link", version.RunLink),
            ("model_id", version.ModelId),
            ("source", version.Source));
        Details.Section("Tags", TagFields.Of(version.Tags));
    }
}
