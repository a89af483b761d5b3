using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>What one request logs to a run, after its form was checked.</summary>
/// <param name="RunId">The run's public id.</param>
/// <param name="Metrics">The points; infinities already replaced by the largest doubles.</param>
/// <param name="Params">The params, keys unique.</param>
/// <param name="Tags">The tags, keys unique.</param>
public sealed record CheckedBatch(string RunId, IReadOnlyList<Metric> Metrics, IReadOnlyList<Param> Params, IReadOnlyList<Tag> Tags);
