using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>An experiment's row with its key, still without tags.</summary>
internal readonly record struct ExperimentRow(long Key, Experiment Experiment)
{
    /// <summary>The columns that <see cref="Read"/> takes, of <c>experiments e</c>.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["e.id", "e.public_id", "e.name", "e.artifact_location", "e.deleted", "e.created_at", "e.updated_at"];

    public static ExperimentRow Read(SqlRow row) => new(row.Integer(0), new Experiment
    {
        ExperimentId = row.Text(1),
        Name = row.Text(2),
        ArtifactLocation = row.Text(3),
        LifecycleStage = row.Truth(4) ? LifecycleStage.Deleted : LifecycleStage.Active,
        CreationTime = row.Integer(5),
        LastUpdateTime = row.Integer(6),
    });
}
