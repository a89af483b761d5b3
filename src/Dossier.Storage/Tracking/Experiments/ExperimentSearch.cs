using Dossier.Core.Search;
using Dossier.Storage.Search;
using Dossier.Storage.Tags;

namespace Dossier.Storage.Tracking;

/// <summary>The columns of the search over experiments.</summary>
internal static class ExperimentSearch
{
    private static readonly SearchColumn Created = new("e.created_at", ColumnType.Integer);

    public static SearchTarget Target() => new(
        SearchSchema.Experiments,
        new Dictionary<string, SearchColumn>
        {
            ["experiment_id"] = new("e.public_id", ColumnType.Text),
            ["name"] = new("e.name", ColumnType.Text),
            ["creation_time"] = Created,
            ["last_update_time"] = new("e.updated_at", ColumnType.Integer),
        },
        new Dictionary<SearchEntity, EntitySql> { [SearchEntity.Tag] = TagTable.OfExperiments.In("e.id").Entity })
    {
        Select = ExperimentRow.Columns,
        From = "experiments e",
        DefaultOrder = [new SortKey(Created, Descending: true)],
        TieBreak = new SortKey(new SearchColumn("e.id", ColumnType.Integer), Descending: true),
    };
}
