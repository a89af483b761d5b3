using Dossier.Core.Access;
using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>An experiment found for writing.</summary>
internal sealed record ExperimentKey(long Id, string Name, string ArtifactLocation, bool Deleted)
{
    private const string Find = "SELECT id, name, artifact_location, deleted FROM experiments WHERE public_id = $1";

    /// <summary>Finds the experiment and locks it until the transaction ends; null if it does not exist.</summary>
    public static ValueTask<ExperimentKey?> LockAsync(SqlSession session, string experimentId) =>
        session.FirstAsync<ExperimentKey?>(session.Dialect.ForUpdate(Find), Read, null, experimentId);

    /// <summary>Finds the experiment, which must be active, to change it.</summary>
    public static async ValueTask<ExperimentKey> LockActiveAsync(SqlSession session, string experimentId) =>
        Active(await LockAsync(session, experimentId), experimentId);

    /// <summary>Finds the experiment, which must be active and stay so while something is added to it.</summary>
    public static async ValueTask<ExperimentKey> ShareActiveAsync(SqlSession session, string experimentId) =>
        Active(await session.FirstAsync<ExperimentKey?>(session.Dialect.ForShare(Find), Read, null, experimentId), experimentId);

    public static ProtocolException NotFound(string experimentId) =>
        ObjectKinds.Experiment.Of(experimentId).Missing();

    private static ExperimentKey Read(SqlRow row) => new(row.Integer(0), row.Text(1), row.Text(2), row.Truth(3));

    private static ExperimentKey Active(ExperimentKey? experiment, string experimentId) => experiment switch
    {
        null => throw NotFound(experimentId),
        { Deleted: true } => throw ProtocolException.Invalid(
            $"The experiment {experimentId} must be in the 'active' state. Current state is {LifecycleStage.Deleted}."),
        _ => experiment,
    };
}
