using System.Globalization;
using Dossier.CommandLine.Output;
using Dossier.Vision.Jobs;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Cli.Output;

/// <summary>The end of a training: how good the model is, and where to look.</summary>
internal static class TrainingSummary
{
    /// <summary>Prints it.</summary>
    public static void Print(TrainingOutcome outcome, TrainingJobOptions options, Uri server)
    {
        Details.Title("model", outcome.ModelUri);
        Details.Fields(
            ("run_id", outcome.RunId),
            ("experiment", options.Experiment),
            ("stage", outcome.Version?.CurrentStage),
            ("promotion", outcome.Promotion?.Why),
            ("best checkpoint", outcome.Training.BestCheckpoint),
            ("stopped early", outcome.Training.StoppedEarly ? "yes" : null),
            ("LEAKAGE", outcome.Leakage.Finding));
        JudgementText.Print(outcome.Test);

        Console.Out.WriteLine();
        Details.Fields(
            ("report", $"dossier report {outcome.ModelUri} --tracking-uri {server.AbsoluteUri.TrimEnd('/')}"),
            ("use", $"dossier-vision predict --model-uri {outcome.ModelUri} FOLDER"));
    }
}

/// <summary>A judgement for people.</summary>
internal static class JudgementText
{
    /// <summary>Prints the metrics with their intervals, and the classes.</summary>
    public static void Print(Judgement judgement)
    {
        var classes = judgement.Predictions.Classes;
        var title = $"Metrics on {ProgressText.Pictures(judgement.Predictions.Pictures.Count)}";
        Details.Section(
            classes.Count == 2 ? $"{title}, positive class '{classes[judgement.Positive]}'" : title,
            [.. judgement.Metrics.Select(metric => (metric.Key, WithInterval(metric.Value, judgement.Intervals.TryGetValue(metric.Key, out var interval) ? interval : null)))]);
        Details.Section("Classes", judgement.Classes, Columns(judgement));
    }

    private static List<Column<ClassMeasures>> Columns(Judgement judgement)
    {
        List<Column<ClassMeasures>> columns =
        [
            new("class", one => one.Name),
            new("pictures", one => one.Support.ToString(CultureInfo.InvariantCulture), ColumnKind.Number),
            Number("precision", one => one.Precision),
            Number("recall", one => one.Recall),
            Number("f1", one => one.F1),
        ];
        var names = judgement.Classes.Select(one => one.Name).ToList();
        columns.AddRange(names.Select((name, id) => new Column<ClassMeasures>(
            "as_" + name, one => judgement.Confusion[names.IndexOf(one.Name)][id].ToString(CultureInfo.InvariantCulture), ColumnKind.Number)));
        return columns;
    }

    private static Column<ClassMeasures> Number(string name, Func<ClassMeasures, double> value) => new(name, one => Short(value(one)), ColumnKind.Number);

    private static string WithInterval(double value, Interval? interval) =>
        interval is { } range ? $"{Short(value)}  (95 %: {Short(range.Low)} to {Short(range.High)})" : Short(value);

    private static string Short(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
