using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for points of metrics.</summary>
internal static class MetricRules
{
    /// <summary>The points of one batch, checked, infinities replaced.</summary>
    public static IReadOnlyList<Metric> Check(IReadOnlyList<Metric>? metrics) =>
        ListRules.Each(metrics ?? [], "metrics", Check);

    /// <summary>Checks what a point says about model and dataset.</summary>
    /// <param name="metric">The point.</param>
    /// <param name="prefix">What the field's name starts with: empty or e.g. <c>metrics[3].</c></param>
    public static Metric CheckMeasured(Metric metric, string prefix)
    {
        if (metric is { ModelId: null, DatasetName: null, DatasetDigest: null })
        {
            return metric;
        }

        return metric with
        {
            ModelId = string.IsNullOrEmpty(metric.ModelId) ? null : IdRules.LoggedModel(metric.ModelId, prefix + "model_id"),
            DatasetName = TextRules.Optional(metric.DatasetName, prefix + "dataset_name", Limits.DatasetName),
            DatasetDigest = TextRules.Optional(metric.DatasetDigest, prefix + "dataset_digest", Limits.DatasetDigest),
        };
    }

    private static Metric Check(Metric metric, string field)
    {
        KeyRules.Check(metric.Key, $"{field}.key");
        NumberRules.OptionalTime(metric.Timestamp, $"{field}.timestamp");
        var point = metric with { Value = NumberRules.MetricValue(metric.Value), RunId = null };
        return CheckMeasured(point, $"{field}.");
    }
}
