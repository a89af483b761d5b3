using System.CommandLine;
using System.Globalization;
using Dossier.CommandLine.Invocation;
using Dossier.CommandLine.Options;
using Dossier.CommandLine.Output;
using Dossier.Vision.Cli.Models;
using Dossier.Vision.Cli.Options;
using Dossier.Vision.Cli.Predicting;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Cli.Commands;

/// <summary><c>dossier-vision predict</c>.</summary>
internal static class PredictCommand
{
    private static readonly Argument<string> Source = new("path")
    {
        Description = "The pictures: a folder, with all that is below it; one picture; a .parquet with a binary column content or image, or a folder of them",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = $"Write to this file: {PredictionFile.Endings}; it appears when all is done [default: standard output]",
        HelpName = "FILE",
    };

    private static readonly Option<OutputFormat> Format = CreateFormat();

    private static readonly Option<int> BatchSize = ValueOption.Of("--batch-size", 32, "Pictures of one run of the model, 1 to 1024");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new HelpfulCommand(
            "predict",
            "Classifies many pictures, as they come: memory does not grow with their number. A picture that cannot be read is a row with an error, not the end",
            "dossier-vision predict --model-uri models:/boards/Staging boards/Data/Images > predictions.csv",
            "dossier-vision predict --model-uri models:/boards@champion boards/Data/Images --output predictions.parquet",
            "# Pictures in a table; labels need not be there",
            "dossier-vision predict --model-uri models:/boards/1 pictures.parquet --output predictions.parquet",
            "# One JSON object a line, with the probability of every class",
            "dossier-vision predict --model-uri models:/boards/1 board.jpg --format json")
        {
            Source, ModelOptions.ModelUri, Output, Format, BatchSize, TrackingOptions.TrackingUri,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.GetValue(Output);
        if (output is not null)
        {
            PredictionFile.Check(output);
        }

        var batchSize = parsed.GetValue(BatchSize);
        if (batchSize is < 1 or > 1024)
        {
            throw new UsageException($"'--batch-size' is {batchSize}: it must be 1 to 1024.");
        }

        var (total, pictures) = await UnlabelledPictures.OpenAsync(parsed.GetRequiredValue(Source), cancellationToken);
        using var model = await NamedModel.OpenAsync(parsed, cancellationToken);
        var answers = CountedAsync(BatchInference.RunAsync(model.Classifier, pictures, batchSize, cancellationToken), total, output is not null);
        if (output is null)
        {
            IPredictionWriter writer = parsed.GetValue(Format) == OutputFormat.Json
                ? new JsonLinesPredictions(Console.Out, model.Classifier.Classes)
                : new CsvPredictions(Console.Out);
            await foreach (var answer in answers)
            {
                await writer.WriteAsync(answer, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
            return ExitCode.Ok;
        }

        await using var file = await PredictionFile.CreateAsync(output, model.Classifier.Classes);
        await foreach (var answer in answers)
        {
            await file.WriteAsync(answer, cancellationToken);
        }

        await file.CompleteAsync(cancellationToken);
        return ExitCode.Ok;
    }

    // A summary beside a stream of rows would stand between them on a terminal: it follows, on standard error.
    private static async IAsyncEnumerable<InferredPicture> CountedAsync(IAsyncEnumerable<InferredPicture> answers, int total, bool toFile)
    {
        var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (done, errors) = (0, 0);
        using var line = new ProgressLine(TimeProvider.System);
        var progress = new CountProgress(line, TimeProvider.System, "Classifying");
        await foreach (var answer in answers)
        {
            done++;
            if (answer.Classification is { } said)
            {
                labels[said.Label] = labels.GetValueOrDefault(said.Label) + 1;
            }
            else
            {
                errors++;
            }

            // Rows on a terminal are progress enough.
            if (toFile || Console.IsOutputRedirected)
            {
                progress.Report((done, total));
            }

            yield return answer;
        }

        Console.Out.Flush();
        line.Say($"{ProgressText.Pictures(done)}: "
            + string.Join(", ", labels.Select(label => string.Create(CultureInfo.InvariantCulture, $"{label.Value:n0} {label.Key}"))
                .Append(errors == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{errors:n0} could not be read")).OfType<string>()));
    }

    private static Option<OutputFormat> CreateFormat()
    {
        var format = new Option<OutputFormat>("--format", "-f")
        {
            Description = "On standard output: csv (name, label, score, error; the default) or json (an object a line, with every class's probability)",
            HelpName = "csv|json",
        };
        format.AcceptOnlyFromAmong("csv", "json");
        return format;
    }
}
