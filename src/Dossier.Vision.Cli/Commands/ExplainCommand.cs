using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Vision.Cli.Models;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Cli.Output;
using Dossier.Vision.Inference;
using Dossier.Vision.Pictures;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision explain</c>.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Picture = new("picture") { Description = "The picture, a JPEG or PNG file" };

    private static readonly Option<string> Output = new("--output", "-o") { Description = "The heat-map over the picture: .png or .jpg", HelpName = "FILE", Required = true };

    private static readonly Option<string?> Class = new("--class") { Description = "The class to explain [default: the likeliest]", HelpName = "NAME" };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "explain",
            "Shows where the model looks: each patch of the picture is covered in turn, and where the class loses by that, the heat-map is red; where it wins, blue",
            "dossier-vision explain --model-uri models:/boards/Staging board.jpg --output heat.png",
            "dossier-vision explain --model-uri models:/boards@champion board.jpg --class normal --output normal.png")
        {
            Picture, ModelOptions.ModelUri, Class, Output, TrackingOptions.TrackingUri, FormatOption.OfObjects,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.GetRequiredValue(Output);
        var asPng = Path.GetExtension(output).ToLowerInvariant() switch
        {
            ".png" => true,
            ".jpg" or ".jpeg" => false,
            _ => throw new UsageException($"'{output}' must end in .png or .jpg, which decides the picture's format."),
        };

        var raster = PictureDecoder.Decode(await UnlabelledPictures.ReadFileAsync(parsed.GetRequiredValue(Picture), cancellationToken));
        using var model = await NamedModel.OpenAsync(parsed, cancellationToken);
        var map = Explain(model.Classifier, raster, parsed.GetValue(Class), cancellationToken);
        var over = map.Over(raster);
        await File.WriteAllBytesAsync(output, asPng ? PictureEncoder.Png(over) : PictureEncoder.Jpeg(over), cancellationToken);
        if (parsed.GetValue(FormatOption.OfObjects) == OutputFormat.Json)
        {
            Console.Out.WriteLine(new JsonObject
            {
                ["label"] = map.Label,
                ["score"] = map.Score,
                ["columns"] = map.Columns,
                ["rows"] = map.Rows,
                ["drops"] = new JsonArray([.. map.Drops.Select(drop => (JsonNode?)drop)]),
                ["output"] = Path.GetFullPath(output),
            }.ToJsonString(VisionJson.Pretty));
        }
        else
        {
            var strongest = Enumerable.Range(0, map.Drops.Count).MaxBy(patch => map.Drops[patch]);
            var (turn, by) = (map.Drops[strongest] < 0 ? "rises" : "falls", Math.Abs(map.Drops[strongest]));
            Details.Fields(
                ("class", map.Label),
                ("score", map.Score.ToString("0.0000", CultureInfo.InvariantCulture)),
                ("strongest patch", string.Create(
                    CultureInfo.InvariantCulture, $"column {strongest % map.Columns + 1} of {map.Columns}, row {strongest / map.Columns + 1} of {map.Rows}: the logit {turn} by {by:0.###}")),
                ("heat-map", Path.GetFullPath(output)));
        }

        return ExitCode.Ok;
    }

    private static HeatMap Explain(PictureClassifier classifier, Raster picture, string? label, CancellationToken cancellationToken)
    {
        using var line = new ProgressLine(TimeProvider.System);
        return Occlusion.Explain(classifier, picture, label, new CountProgress(line, TimeProvider.System, "Covering", "windows"), cancellationToken);
    }
}
