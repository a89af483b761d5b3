using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>A run's row with its key, still without its details.</summary>
internal readonly record struct RunRow(long Key, RunInfo Info)
{
    /// <summary>The columns that <see cref="Read"/> takes, of <c>runs r</c>.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "r.id", "r.public_id", "(SELECT e.public_id FROM experiments e WHERE e.id = r.experiment_id)", "r.name", "r.user_id", "r.status",
        "r.start_time", "r.end_time", "r.artifact_uri", "r.deleted",
    ];

    public static RunRow Read(SqlRow row) => new(row.Integer(0), new RunInfo
    {
        RunId = row.Text(1),
        ExperimentId = row.SharedText(2),
        RunName = row.Text(3),
        UserId = row.IsNull(4) ? null : row.SharedText(4),
        Status = row.SharedText(5),
        StartTime = row.Integer(6),
        EndTime = row.IntegerOrNull(7),
        ArtifactUri = row.Text(8),
        LifecycleStage = row.Truth(9) ? LifecycleStage.Deleted : LifecycleStage.Active,
    });
}
