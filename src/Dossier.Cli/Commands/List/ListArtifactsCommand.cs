using System.CommandLine;
using Dossier.Cli.Artifacts;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Commands.List;

/// <summary><c>dossier list artifacts</c>.</summary>
internal static class ListArtifactsCommand
{
    private static readonly Argument<ModelUri> Uri = ModelUriArgument.OfModel();

    private static readonly IReadOnlyList<Column<ArtifactFile>> FileColumns =
    [
        new("path", file => file.Path),
        Column<ArtifactFile>.Size("file_size", file => file.FileSize),
    ];

    public static Command Create()
    {
        var command = new HelpfulCommand(
            "artifacts",
            "Shows the files of a run or model as a tree; a folder's size is the sum of the files below it. CSV and JSON list the files",
            "dossier list artifacts models:/pcb/1",
            "dossier list artifacts runs:/815123f2db9b49cdb9790c6a0371a4da",
            "dossier list artifacts runs:/815123f2db9b49cdb9790c6a0371a4da/model --format csv")
        {
            Uri, TrackingOptions.TrackingUri, FormatOption.OfLists,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var uri = parsed.GetRequiredValue(Uri);
        var format = parsed.GetValue(FormatOption.OfLists);
        using var client = TrackingOptions.Connect(parsed);
        var model = await client.Models.ResolveAsync(uri, cancellationToken);
        var files = client.Artifacts.ListRecursivelyAsync(model.Location, cancellationToken);
        if (format != OutputFormat.Table)
        {
            await Listing.WriteAsync(files, FileColumns, new ListingRequest(format, Limit: 0, "files"), cancellationToken);
            return ExitCode.Ok;
        }

        var root = ArtifactNode.Root(await files.ToListAsync(cancellationToken));
        if (root.Children is { Count: > 0 })
        {
            TreeLines.Write(uri.Text, root);
        }
        else
        {
            Console.Error.WriteLine("No files found.");
        }

        return ExitCode.Ok;
    }
}
