using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>A run found for writing.</summary>
internal sealed record RunKey(long Id, long ExperimentId, bool Deleted)
{
    private const string Find = "SELECT id, experiment_id, deleted FROM runs WHERE public_id = $1";

    /// <summary>Finds the run and locks it until the transaction ends.</summary>
    /// <exception cref="ProtocolException">It does not exist.</exception>
    public static async ValueTask<RunKey> LockAsync(SqlSession session, string runId) =>
        await session.FirstAsync(
            session.Dialect.ForUpdate(Find),
            static row => new RunKey(row.Integer(0), row.Integer(1), row.Truth(2)), null, runId) ?? throw NotFound(runId);

    /// <summary>As <see cref="LockAsync"/>, for a run that must be active.</summary>
    public static async ValueTask<RunKey> LockActiveAsync(SqlSession session, string runId)
    {
        var run = await LockAsync(session, runId);
        return !run.Deleted ? run : throw ProtocolException.Invalid(
            $"The run {runId} must be in the 'active' state. Current state is {LifecycleStage.Deleted}.");
    }

    public static ProtocolException NotFound(string runId) => ObjectKinds.Run.Of(runId).Missing();
}
