using System.Text.Json;
using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for tags and params.</summary>
internal static class TagRules
{
    /// <summary>The tags of one request, checked, each key once: the last one said counts.</summary>
    /// <param name="tags">As the client sent them; null is none.</param>
    /// <param name="maxCount">How many there may be.</param>
    /// <param name="maxValue">How many characters a value may have.</param>
    /// <param name="parameter">The list's field name.</param>
    /// <param name="maxKey">How many characters a key may have.</param>
    public static IReadOnlyList<Tag> Check(
        IReadOnlyList<Tag>? tags, int maxCount, int maxValue, string parameter = "tags", int maxKey = Limits.Key)
    {
        var all = ListRules.Each(
            ListRules.Bounded(tags, parameter, maxCount),
            parameter,
            (tag, field) => new Tag(KeyRules.Check(tag.Key, $"{field}.key", maxKey), TextRules.Present(tag.Key, tag.Value, $"{field}.value", maxValue)));
        return all.Count < 2 ? all : LastOfEachKey(all);
    }

    /// <summary>The params of one request, checked, each key once; a key with two values is refused.</summary>
    public static IReadOnlyList<Param> Check(IReadOnlyList<Param>? parameters, int maxCount)
    {
        var all = ListRules.Each(
            ListRules.Bounded(parameters, "params", maxCount),
            "params",
            (param, field) => new Param(
                KeyRules.Check(param.Key, $"{field}.key"), TextRules.Present(param.Key, param.Value, $"{field}.value", Limits.ParamValue)));
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        all.RemoveAll(param => !values.TryAdd(param.Key, param.Value) && IsSame(param, values[param.Key]));
        return all;
    }

    private static List<Tag> LastOfEachKey(List<Tag> tags)
    {
        var last = new Dictionary<string, Tag>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            last[tag.Key] = tag;
        }

        return last.Count == tags.Count ? tags : [.. last.Values];
    }

    private static bool IsSame(Param param, string first) => param.Value == first
        ? true
        : throw ProtocolException.Invalid(
            $"Duplicate parameter keys have been submitted: '{param.Key}' with the values '{Shown(param, first)}' and '{Shown(param, param.Value)}'. "
            + "A request may carry only one value for each param key.");

    private static string Shown(Param param, string value) => TextRules.Excerpt(SecretNames.Hide(param.Key, value)!);
}

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

/// <summary>How much one <c>log-batch</c> may carry.</summary>
internal static class BatchRules
{
    /// <summary>Refuses a batch with too many metrics, params, tags, or too much in all.</summary>
    public static void CheckCounts(LogBatch batch)
    {
        var (metrics, parameters, tags) = (batch.Metrics?.Count ?? 0, batch.Params?.Count ?? 0, batch.Tags?.Count ?? 0);
        CheckCount(metrics, "metrics", Limits.BatchMetrics);
        CheckCount(parameters, "params", Limits.BatchParams);
        CheckCount(tags, "tags", Limits.BatchTags);
        CheckCount(metrics + parameters + tags, "metrics, params, and tags", Limits.BatchTotal);
    }

    private static void CheckCount(int count, string what, int max)
    {
        if (count > max)
        {
            throw ProtocolException.Invalid(
                $"A batch logging request can contain at most {max} {what}. Got {count} {what}. Split them over several requests.");
        }
    }
}

/// <summary>Rules for the inputs of runs.</summary>
internal static class DatasetRules
{
    /// <summary>The dataset inputs of one request, checked.</summary>
    public static IReadOnlyList<DatasetInput> Check(IReadOnlyList<DatasetInput>? inputs) =>
        ListRules.Each(ListRules.Bounded(inputs, "datasets", Limits.Datasets), "datasets", Check);

    private static DatasetInput Check(DatasetInput input, string field)
    {
        var dataset = input.Dataset ?? throw ProtocolException.Missing($"{field}.dataset");
        return input with
        {
            Tags = TagRules.Check(input.Tags, Limits.InputTags, Limits.InputTagValue, $"{field}.tags", Limits.InputTagKey),
            Dataset = dataset with
            {
                Name = TextRules.Required(dataset.Name, $"{field}.dataset.name", Limits.DatasetName),
                Digest = TextRules.Required(dataset.Digest, $"{field}.dataset.digest", Limits.DatasetDigest),
                SourceType = TextRules.Required(dataset.SourceType, $"{field}.dataset.source_type", Limits.DatasetSourceType),
                Source = TextRules.Required(dataset.Source, $"{field}.dataset.source", Limits.DatasetSource),
                Schema = TextRules.Optional(dataset.Schema, $"{field}.dataset.schema", Limits.DatasetSchema),
                Profile = TextRules.Optional(dataset.Profile, $"{field}.dataset.profile", Limits.DatasetProfile),
            },
        };
    }
}

/// <summary>Rules for the MLmodel that 2.x clients log as JSON text.</summary>
internal static class ModelJsonRules
{
    private static readonly string[] Mandatory = ["artifact_path", "flavors", "utc_time_created", "run_id"];

    /// <summary>The text, which must be a JSON object with what every MLmodel has.</summary>
    public static string Check(string? json)
    {
        var text = TextRules.Required(json, "model_json", Limits.ModelJson);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed(text, "a JSON object is expected.");
            }

            var missing = Mandatory.Where(field => !document.RootElement.TryGetProperty(field, out _)).ToList();
            return missing.Count == 0
                ? text
                : throw ProtocolException.Invalid($"Model json is missing mandatory fields: {string.Join(", ", missing)}.");
        }
        catch (JsonException e)
        {
            throw Malformed(text, $"no valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static ProtocolException Malformed(string text, string hint) =>
        ProtocolException.InvalidValue(TextRules.Excerpt(text), "model_json", hint);
}
