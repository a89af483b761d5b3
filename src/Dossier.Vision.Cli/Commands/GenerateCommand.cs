using System.CommandLine;
using System.Globalization;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Output;
using Dossier.Vision.Boards;
using Dossier.Vision.Cli.Options;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision generate</c>.</summary>
internal static class GenerateCommand
{
    private static readonly BoardOptions Defaults = new();

    private static readonly Argument<string> Folder = new("folder") { Description = "The folder to write to: new or empty" };

    private static readonly Option<int> Boards = ValueOption.Of("--boards", Defaults.Boards, "Boards in all");

    private static readonly Option<double> DamagedShare = ValueOption.Of("--damaged-share", Defaults.DamagedShare, "The share of boards with damage, 0 to 1");

    private static readonly Option<int> Size = ValueOption.Of("--size", Defaults.Size, "Side of the square pictures in pixels");

    private static readonly Option<int> Seed = ValueOption.Of("--seed", Defaults.Seed, "The same seed gives the same files");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "generate",
            "Draws a sample data set of circuit boards: traces, pads, chips, solder; some damaged by a missing part, a scratch, a melt or a bent pin. "
                + "Pictures, masks and image_anno.csv are laid out as in VisA's pcb1",
            "dossier-vision generate boards",
            "dossier-vision generate boards --boards 600 --damaged-share 0.4 --seed 7",
            "# Then look at it as training would",
            "dossier-vision ingest boards")
        {
            Folder, Boards, DamagedShare, Size, Seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new BoardOptions
        {
            Boards = parsed.GetValue(Boards),
            DamagedShare = parsed.GetValue(DamagedShare),
            Size = parsed.GetValue(Size),
            Seed = parsed.GetValue(Seed),
        };
        GeneratedBoards boards;
        using (var line = new ProgressLine(TimeProvider.System))
        {
            boards = await BoardGenerator.GenerateAsync(
                parsed.GetRequiredValue(Folder), options, new CountProgress(line, TimeProvider.System, "Drawing", "boards"), cancellationToken);
        }

        Details.Title("data set", boards.Folder);
        Details.Fields(
            ("normal", Count(boards.Normal)),
            ("damaged", Count(boards.Damaged)),
            ("defects", string.Join(", ", boards.Defects.Select(defect => $"{defect.Key} {Count(defect.Value)}"))),
            ("seed", Count(options.Seed)));
        return ExitCode.Ok;
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
