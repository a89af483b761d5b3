using System.Text.Json;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>Measures are scikit-learn's, to the last digits.</summary>
public sealed class ScikitLearnParityTests
{
    private static readonly JsonElement Cases = JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "judging", "metrics.json")));

    public static TheoryData<string> Names => [.. Cases.EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_measure_is_the_same(string name)
    {
        var (expected, predictions, positive, threshold) = Case(name);
        var actual = ClassificationMetrics.Measure(predictions, positive, threshold);
        foreach (var measure in (string[])["accuracy", "precision", "recall", "f1", "roc_auc", "log_loss"])
        {
            if (expected.GetProperty(measure) is { ValueKind: JsonValueKind.Number } value)
            {
                Assert.Equal(value.GetDouble(), actual[measure], 1e-12 * Math.Max(1, Math.Abs(value.GetDouble())));
            }
            else
            {
                Assert.DoesNotContain(measure, actual.Keys);
            }
        }

        Assert.Equal(["accuracy", "precision", "recall", "f1", .. actual.ContainsKey("roc_auc") ? ["roc_auc"] : Array.Empty<string>(), "log_loss"], actual.Keys);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void So_are_the_confusion_matrix_and_the_table_of_classes(string name)
    {
        var (expected, predictions, positive, threshold) = Case(name);
        if (threshold is not null)
        {
            return; // Its matrix is that of the threshold; a judgement's is that of the likelier class.
        }

        var judgement = Judgement.Of(predictions, positive, resamples: 1);
        var matrix = expected.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt32()));
        Assert.Equal(matrix.Select(row => string.Join(' ', row)), judgement.Confusion.Select(row => string.Join(' ', row)));
        var table = expected.GetProperty("table").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray()).ToList();
        Assert.Equal(table.Count, judgement.Classes.Count);
        Assert.All(table.Zip(judgement.Classes), pair => Assert.Equal(
            pair.First, [pair.Second.Precision, pair.Second.Recall, pair.Second.F1, pair.Second.Support], (one, other) => Math.Abs(one - other) < 1e-12));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void So_are_curves_and_calibration(string name)
    {
        var (expected, predictions, positive, _) = Case(name);
        if (predictions.Classes.Count > 2)
        {
            return; // scikit-learn has them for two classes.
        }

        if (expected.GetProperty("roc") is { ValueKind: JsonValueKind.Array } roc)
        {
            Assert.Equal(Points(roc), Curves.Roc(predictions, positive), Near);
            Assert.Equal(expected.GetProperty("average_precision").GetDouble(), Curves.AveragePrecision(predictions, positive), 1e-12);
        }
        else
        {
            Assert.Empty(Curves.Roc(predictions, positive));
        }

        var bins = Calibration.Of(predictions, positive).Bins;
        Assert.Equal(Points(expected.GetProperty("calibration")), [.. bins.Select(bin => new CurvePoint(bin.MeanProbability, bin.Share))], Near);
        Assert.Equal(predictions.Targets.Count, bins.Sum(bin => bin.Count));
    }

    private static List<CurvePoint> Points(JsonElement points) => [.. points.EnumerateArray().Select(point => new CurvePoint(point[0].GetDouble(), point[1].GetDouble()))];

    private static bool Near(CurvePoint one, CurvePoint other) => Math.Abs(one.X - other.X) + Math.Abs(one.Y - other.Y) < 1e-12;

    private static (JsonElement Expected, Predictions Predictions, int? Positive, double? Threshold) Case(string name)
    {
        var found = Cases.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var targets = found.GetProperty("targets").EnumerateArray().Select(target => target.GetInt32()).ToArray();
        var logits = found.GetProperty("logits").EnumerateArray().Select(logit => logit.GetSingle()).ToArray();
        var positive = found.GetProperty("positive") is { ValueKind: JsonValueKind.Number } id ? id.GetInt32() : (int?)null;
        var threshold = found.GetProperty("threshold") is { ValueKind: JsonValueKind.Number } at ? at.GetDouble() : (double?)null;
        return (found, Some.Predictions(found.GetProperty("classes").GetInt32(), targets, logits), positive, threshold);
    }
}
