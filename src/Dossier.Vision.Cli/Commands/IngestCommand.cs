using System.CommandLine;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Cli.Output;
using Dossier.Vision.Data;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision ingest</c>.</summary>
internal static class IngestCommand
{
    private static readonly Argument<string> Folder = new("path") { Description = "The data set: " + DataOptions.Forms };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "ingest",
            "Reads a data set as training would, every picture once, and reports classes, sizes, skipped files and why, copies, the split it would get and "
                + "pictures that are in more than one part. Nothing is written, and no server is needed",
            "dossier-vision ingest boards",
            "dossier-vision ingest VisA/pcb1",
            "# What a split by row would leak",
            "dossier-vision ingest pictures.parquet --split row",
            "dossier-vision ingest boards --format json")
        {
            Folder, DataOptions.Name, DataOptions.Split, DataOptions.ValidationShare, DataOptions.TestShare, DataOptions.Seed, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        DataOptions.Check(parsed);
        var set = await ReadAsync(parsed.GetRequiredValue(Folder), new PictureSetOptions { Name = parsed.GetValue(DataOptions.Name) }, cancellationToken);
        var summary = DataSummary.Of(set, () => Splitter.Split(
            set, DataOptions.Method(parsed), parsed.GetValue(DataOptions.ValidationShare), parsed.GetValue(DataOptions.TestShare), parsed.GetValue(DataOptions.Seed)));
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(summary.ToJson().ToJsonString(VisionJson.Pretty));
        }
        else
        {
            summary.Print();
        }

        return ExitCode.Ok;
    }

    /// <summary>Reads a data set with progress.</summary>
    public static async Task<PictureSet> ReadAsync(string path, PictureSetOptions options, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(TimeProvider.System);
        return await PictureSets.ReadAsync(path, options, new CountProgress(line, TimeProvider.System, "Reading"), cancellationToken);
    }
}
