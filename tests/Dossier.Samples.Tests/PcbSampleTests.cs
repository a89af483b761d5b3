using Dossier.Samples.Pcb;
using Dossier.Testing;

namespace Dossier.Samples.Tests;

/// <summary>The sample: the first thing that people run.</summary>
public sealed class PcbSampleTests
{
    // The same way with fewer boards and epochs: the model learns little, the record is whole.
    private static readonly SampleSettings Short = new() { Boards = 160, Epochs = 2 };

    [Fact]
    public async Task The_same_seed_gives_the_same_numbers_and_another_one_others()
    {
        var first = await RunAsync(Short);
        var again = await RunAsync(Short);
        var other = await RunAsync(Short with { Seed = 7 });

        Assert.Equal(first.Training.Test.Metrics, again.Training.Test.Metrics);
        Assert.Equal(Told(first), Told(again));
        Assert.Equal(first.Prediction, again.Prediction);
        Assert.NotEqual(first.Training.Test.Metrics, other.Training.Test.Metrics);

        static IEnumerable<KeyValuePair<string, double>> Told(SampleOutcome outcome) => outcome.Training.Training.Metrics.Where(metric =>
            !metric.Key.EndsWith("_runtime", StringComparison.Ordinal) && !metric.Key.EndsWith("_per_second", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_report_has_every_section_filled()
    {
        var outcome = await RunAsync(Short);

        // The layout's one part that only Spark could fill.
        var sections = outcome.Report.Replace("#### Spark Datasources\n  \n**_<font color=\"red\" size=\"+1\">None found</font>_**", "", StringComparison.Ordinal);
        Assert.DoesNotContain("None found", sections, StringComparison.Ordinal);
        foreach (var told in (string[])["## Signature", "## Saved input example info", "## Inputs", "|current_stage|Staging|", "|model_flavor|transformers|", "CAN_MANAGE_PRODUCTION_VERSIONS", "|test_f1|", "|learning_rate|", "|train|pcb|", "|validation|pcb|", "|test|pcb|"])
        {
            Assert.Contains(told, outcome.Report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_small_transformer_learns_to_find_damaged_boards_that_it_never_saw()
    {
        var outcome = await RunAsync(new());

        Assert.Equal("damaged", outcome.Training.Test.Predictions.Classes[outcome.Training.Test.Positive]);
        Assert.False(outcome.Training.Leakage.Leaks);
        Assert.InRange(outcome.Training.Test.Metrics["f1"], 0.95, 1);
        Assert.Equal("damaged", outcome.Prediction.Label);
    }

    private static async Task<SampleOutcome> RunAsync(SampleSettings settings)
    {
        using var scratch = new TemporaryFolder();
        var files = new SampleFiles(Directory.CreateDirectory(Path.Combine(scratch.Path, "out")).FullName);
        await using var server = await SampleServer.StartAsync(scratch.Path, TestContext.Current.CancellationToken);
        using var sample = new PcbSample(server, settings, scratch.Path);
        var outcome = await sample.RunAsync(files, TestContext.Current.CancellationToken);
        Assert.All((string[])[files.Report, files.Board, files.HeatMap], file => Assert.True(new FileInfo(file).Length > 1000, file));
        return outcome;
    }
}
