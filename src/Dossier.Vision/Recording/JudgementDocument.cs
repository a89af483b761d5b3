using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Recording;

/// <summary>A judgement as a JSON document: what was judged, the measures with their intervals, the classes, the confusion matrix, the calibration.</summary>
internal static class JudgementDocument
{
    public static string Of(string part, Judgement judgement, Dataset dataset) => JsonWriter.Write(new JsonObject
    {
        ["part"] = new JsonString(part),
        ["dataset"] = new JsonObject { ["name"] = new JsonString(dataset.Name), ["digest"] = new JsonString(dataset.Digest) },
        ["pictures"] = JsonValue.Of(judgement.Predictions.Targets.Count),
        ["classes"] = new JsonArray(judgement.Classes.Select(one => new JsonObject
        {
            ["name"] = new JsonString(one.Name),
            ["precision"] = JsonNumber.Of(one.Precision),
            ["recall"] = JsonNumber.Of(one.Recall),
            ["f1"] = JsonNumber.Of(one.F1),
            ["support"] = JsonValue.Of(one.Support),
        })),
        ["positive"] = judgement.Classes.Count == 2 ? new JsonString(judgement.Classes[judgement.Positive].Name) : JsonNull.Value,
        ["confusion_matrix"] = new JsonArray(judgement.Confusion.Select(row => new JsonArray(row.Select(count => JsonValue.Of(count))))),
        ["metrics"] = new JsonObject(judgement.Metrics.Select(metric => KeyValuePair.Create<string, JsonValue>(metric.Key, new JsonObject
        {
            ["value"] = JsonNumber.Of(metric.Value),
            ["ci95_low"] = JsonNumber.Of(judgement.Intervals[metric.Key].Low),
            ["ci95_high"] = JsonNumber.Of(judgement.Intervals[metric.Key].High),
        }))),
        ["threshold"] = judgement.Threshold is { } threshold ? JsonNumber.Of(threshold) : JsonNull.Value,
        ["metrics_at_threshold"] = new JsonObject(judgement.AtThreshold.Select(metric => KeyValuePair.Create<string, JsonValue>(metric.Key, JsonNumber.Of(metric.Value)))),
        ["expected_calibration_error"] = JsonNumber.Of(judgement.Calibration.ExpectedError),
        ["calibration"] = new JsonArray(judgement.Calibration.Bins.Select(bin => new JsonObject
        {
            ["from"] = JsonNumber.Of(bin.From),
            ["to"] = JsonNumber.Of(bin.To),
            ["count"] = JsonValue.Of(bin.Count),
            ["mean_probability"] = JsonNumber.Of(bin.MeanProbability),
            ["share"] = JsonNumber.Of(bin.Share),
        })),
    }) + "\n";
}
