using System.CommandLine;
using System.Diagnostics;
using Dossier.Client;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Get;

/// <summary><c>dossier get version</c>.</summary>
internal static class GetVersionCommand
{
    private static readonly Argument<ModelUri> Uri = ModelUriArgument.OfVersion();

    public static Command Create() => ObjectCommand.Of(
        new HelpfulCommand(
            "version",
            "Shows a model version with its stage, aliases and tags",
            "dossier get version models:/pcb/1",
            "dossier get version models:/pcb/latest",
            "dossier get version models:/pcb@champion --format json") { Uri },
        ReadAsync,
        Show);

    private static async Task<ModelVersion> ReadAsync(DossierClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (name, number) = await client.Models.FindVersionAsync(parsed.GetRequiredValue(Uri), cancellationToken) ?? throw new UnreachableException();
        return await client.ModelVersions.GetAsync(name, number, cancellationToken);
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
        ObjectCommand.ShowTags(version.Tags);
    }
}
