using Dossier.Protocol;

namespace Dossier.Core.Validation;

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
                $"A batch logging request can contain at most {max} {what}. Got {count} {what}. Split them across several requests.");
        }
    }
}
