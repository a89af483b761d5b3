using Dossier.Protocol;
using Dossier.Protocol.Json;
using Dossier.Vision.Judging;

namespace Dossier.Vision.Recording;

/// <summary>A judgement as a JSON document: what was judged, the measures with their intervals, the classes, the confusion matrix, the calibration.</summary>
internal static class JudgementDocument
{
    public static string Of(string part, Judgement judgement, Dataset dataset) => JsonWriter.Write(new RecordObject
    {
        ["part"] = new RecordText(part),
        ["dataset"] = new RecordObject { ["name"] = new RecordText(dataset.Name), ["digest"] = new RecordText(dataset.Digest) },
        ["pictures"] = RecordValue.Of(judgement.Predictions.Targets.Count),
        ["classes"] = new RecordList(judgement.Classes.Select(one => new RecordObject
        {
            ["name"] = new RecordText(one.Name),
            ["precision"] = RecordNumber.Of(one.Precision),
            ["recall"] = RecordNumber.Of(one.Recall),
            ["f1"] = RecordNumber.Of(one.F1),
            ["support"] = RecordValue.Of(one.Support),
        })),
        ["positive"] = judgement.Classes.Count == 2 ? new RecordText(judgement.Classes[judgement.Positive].Name) : RecordNull.Value,
        ["confusion_matrix"] = new RecordList(judgement.Confusion.Select(row => new RecordList(row.Select(count => RecordValue.Of(count))))),
        ["metrics"] = new RecordObject(judgement.Metrics.Select(metric => KeyValuePair.Create<string, RecordValue>(metric.Key, new RecordObject
        {
            ["value"] = RecordNumber.Of(metric.Value),
            ["ci95_low"] = RecordNumber.Of(judgement.Intervals[metric.Key].Low),
            ["ci95_high"] = RecordNumber.Of(judgement.Intervals[metric.Key].High),
        }))),
        ["threshold"] = judgement.Threshold is { } threshold ? RecordNumber.Of(threshold) : RecordNull.Value,
        ["metrics_at_threshold"] = new RecordObject(judgement.AtThreshold.Select(metric => KeyValuePair.Create<string, RecordValue>(metric.Key, RecordNumber.Of(metric.Value)))),
        ["expected_calibration_error"] = RecordNumber.Of(judgement.Calibration.ExpectedError),
        ["calibration"] = new RecordList(judgement.Calibration.Bins.Select(bin => new RecordObject
        {
            ["from"] = RecordNumber.Of(bin.From),
            ["to"] = RecordNumber.Of(bin.To),
            ["count"] = RecordValue.Of(bin.Count),
            ["mean_probability"] = RecordNumber.Of(bin.MeanProbability),
            ["share"] = RecordNumber.Of(bin.Share),
        })),
    }) + "\n";
}
