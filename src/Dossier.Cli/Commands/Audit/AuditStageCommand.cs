using System.CommandLine;
using Dossier.Cli.Options;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.Audit;

/// <summary><c>dossier audit stage</c>.</summary>
internal static class AuditStageCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "The registered model's name, now or at that time" };

    private static readonly Argument<string> Stage = new("stage") { Description = "None, Staging, Production or Archived" };

    private static readonly Option<long?> At = TimeOption.Create("--at", "At this time [default: now]");

    private static readonly Column<StagedVersion>[] Columns =
    [
        new("version", version => version.Version, ColumnKind.Number),
        Column<StagedVersion>.Time("since", version => version.Since),
        new("by", version => version.Principal),
        new("event", version => version.EventId, ColumnKind.Number),
    ];

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "stage",
            "Shows which versions of a registered model were in a stage at a time, even if the model was deleted since",
            "dossier audit stage pcb Production",
            "dossier audit stage pcb Production --at 2026-11-01T10:00Z",
            "dossier audit stage pcb Staging --at 30d --format json")
        {
            Model, Stage, At, TrackingOptions.TrackingUri, FormatOption.OfLists,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = TrackingOptions.Connect(parsed);
        var answer = await client.Audit.FindInStageAsync(
            parsed.GetRequiredValue(Model), parsed.GetRequiredValue(Stage), parsed.GetValue(At), cancellationToken);
        if (parsed.GetValue(FormatOption.OfLists) == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonOutput.Pretty(answer));
            return ExitCode.Ok;
        }

        var request = new ListingRequest(parsed.GetValue(FormatOption.OfLists), 0, $"versions in {answer.Stage} at {Human.Time(answer.At)}");
        await Listing.WriteAsync((answer.Versions ?? []).ToAsyncEnumerable(), Columns, request, cancellationToken);
        return ExitCode.Ok;
    }
}
