using Dossier.Protocol;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>The columns of the search over experiments.</summary>
internal static class ExperimentSearch
{
    private static readonly SearchColumn Created = new("e.created_at", ColumnType.Integer);

    public static SearchTarget Target { get; } = new()
    {
        Select = ["e.id", "e.public_id", "e.name", "e.artifact_location", "e.deleted", "e.created_at", "e.updated_at"],
        From = "experiments e",
        Key = "e.id",
        Attributes = new Dictionary<string, SearchColumn>
        {
            ["experiment_id"] = new("e.public_id", ColumnType.Text),
            ["name"] = new("e.name", ColumnType.Text),
            ["creation_time"] = Created,
            ["last_update_time"] = new("e.updated_at", ColumnType.Integer),
        },
        DefaultOrder = [new SortKey(Created, Descending: true)],
        TieBreak = new SortKey(new SearchColumn("e.id", ColumnType.Integer), Descending: true),
        Tags = new KeyValueTable("experiment_tags", "experiment_id"),
    };

    /// <summary>Reads an experiment, still without tags, and its key.</summary>
    public static (long Key, Experiment Experiment) Read(SqlRow row) => (row.Integer(0), new Experiment
    {
        ExperimentId = row.Text(1),
        Name = row.Text(2),
        ArtifactLocation = row.Text(3),
        LifecycleStage = row.Truth(4) ? LifecycleStage.Deleted : LifecycleStage.Active,
        CreationTime = row.Integer(5),
        LastUpdateTime = row.Integer(6),
    });
}
