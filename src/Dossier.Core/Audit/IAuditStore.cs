using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Audit;

/// <summary>The port to the stream of events: reads it, seals it, and proves that it is as it was sealed.</summary>
public interface IAuditStore
{
    /// <summary>Events in the order of their commits.</summary>
    Task<Page<AuditEvent>> ListAsync(EventQuery query, CancellationToken cancel);

    /// <summary>The versions of a registered model that were in a stage at a time; null if there never was a model of this name.</summary>
    /// <param name="name">The name that it has now, or had last.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="at">The time, in milliseconds since the epoch.</param>
    /// <param name="ofEarlierToo">Whether a model that had the name before this one is meant, where this one wasn't there yet.</param>
    /// <param name="cancel">Ends it.</param>
    Task<IReadOnlyList<StagedVersion>?> FindInStageAsync(string name, string stage, long at, bool ofEarlierToo, CancellationToken cancel);

    /// <summary>Seals what was committed since the last seal. Replicas may do so at the same time.</summary>
    /// <param name="at">Now, in milliseconds since the epoch.</param>
    /// <param name="cancel">Ends it between two seals.</param>
    Task SealAsync(long at, CancellationToken cancel);

    /// <summary>Compares seals with the events in the database.</summary>
    /// <param name="after">The number of the seal that was checked last; 0 for the start.</param>
    /// <param name="seals">How many seals to check at most.</param>
    /// <param name="head">A hash to look for among them; null for none.</param>
    /// <param name="cancel">Ends it.</param>
    Task<AuditVerification> VerifyAsync(long after, int seals, string? head, CancellationToken cancel);

    /// <summary>Writes events that change nothing of the record: reads of artifacts, refusals.</summary>
    Task RecordAsync(IReadOnlyList<Observation> observations, CancellationToken cancel);
}
