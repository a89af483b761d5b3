using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Reads points from rows with the columns step, ts, value, is_nan.</summary>
internal static class MetricRow
{
    /// <param name="row">The row.</param>
    /// <param name="key">The metric's key.</param>
    /// <param name="step">The place of the column step; the others follow.</param>
    /// <param name="runId">The run, where points of several runs stand in one list.</param>
    public static Metric Read(SqlRow row, string key, int step, string? runId = null) => new()
    {
        Key = key,
        Step = row.Integer(step),
        Timestamp = row.Integer(step + 1),
        Value = row.Truth(step + 3) ? double.NaN : row.Real(step + 2),
        RunId = runId,
    };
}
