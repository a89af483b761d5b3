using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Dossier.Client;
using Dossier.Protocol;
using Dossier.Vision.Data;

namespace Dossier.Vision.Recording;

/// <summary>The data of a training as a run holds it: a dataset input for each part, which picture is in which part, and what leaked.</summary>
/// <param name="Splits">The parts.</param>
/// <param name="Leakage">What leaked.</param>
internal sealed record RecordedData(Splits Splits, LeakageReport Leakage)
{
    /// <summary>The tag that holds the finding on leaks.</summary>
    public const string LeakageTag = "dossier.finding.leakage";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly CsvWriterOptions CsvOptions = new() { NewLine = "\n" };

    public Dataset Train { get; } = DatasetInputs.Describe(Splits, "train");

    public Dataset Validation { get; } = DatasetInputs.Describe(Splits, "validation");

    public Dataset Test { get; } = DatasetInputs.Describe(Splits, "test");

    public async Task LogAsync(ActiveRun run, CancellationToken cancellationToken)
    {
        await run.LogInputAsync(Train, "train", cancellationToken);
        await run.LogInputAsync(Validation, "validation", cancellationToken);
        await run.LogInputAsync(Test, "test", cancellationToken);
        run.SetTag("dossier.dataset.name", Splits.Set.Name);
        run.SetTag("dossier.dataset.digest", Splits.Set.Digest);
        run.SetTag("dossier.dataset.split", Splits.Method.ToString().ToLowerInvariant());
        if (Leakage.Finding is { } finding)
        {
            run.SetTag(LeakageTag, finding);
        }

        using var folder = new ScratchFolder();
        await WriteSplitsAsync(Path.Combine(folder.Path, "splits.csv"), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "leakage.json"), JsonSerializer.Serialize(Leakage, Json) + "\n", cancellationToken);
        await run.LogArtifactsAsync(folder.Path, "data", cancellationToken: cancellationToken);
    }

    private async Task WriteSplitsAsync(string file, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(File.Create(file), CsvOptions);
        await csv.WriteRecordAsync(["split", "name", "label", "detail", "width", "height", "sha256"], cancellationToken);
        foreach (var (part, pictures) in new[] { ("train", Splits.Train), ("validation", Splits.Validation), ("test", Splits.Test) })
        {
            foreach (var picture in pictures)
            {
                await csv.WriteRecordAsync(
                    [
                        part, picture.Name, picture.Label, picture.Detail ?? "", picture.Width.ToString(CultureInfo.InvariantCulture),
                        picture.Height.ToString(CultureInfo.InvariantCulture), picture.Sha256,
                    ],
                    cancellationToken);
            }
        }
    }
}
