using Dossier.Protocol;

namespace Dossier.Core.Tracking;

/// <summary>A run to be created, complete but for its artifact URI, which the store makes from the experiment's location.</summary>
/// <param name="RunId">The fresh public id.</param>
/// <param name="ExperimentId">The experiment's public id.</param>
/// <param name="Name">The name.</param>
/// <param name="UserId">The user who starts it; may be empty.</param>
/// <param name="StartTime">Start, in milliseconds since the epoch.</param>
/// <param name="Tags">The first tags, keys unique, <c>mlflow.runName</c> among them.</param>
public sealed record NewRun(string RunId, string ExperimentId, string Name, string? UserId, long StartTime, IReadOnlyList<Tag> Tags);
