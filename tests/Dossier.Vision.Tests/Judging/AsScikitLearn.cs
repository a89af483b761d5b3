using System.Text.Json;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Tests.Judging;

/// <summary>Measures are scikit-learn's, to the last digits.</summary>
public sealed class AsScikitLearn
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
