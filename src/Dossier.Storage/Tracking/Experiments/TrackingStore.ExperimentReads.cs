using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Access;
using Dossier.Storage.Search;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

internal sealed partial class TrackingStore
{
    private const int MostDatasets = 1000;
    private static readonly string SelectExperiment = $"SELECT {string.Join(", ", ExperimentRow.Columns)} FROM experiments e WHERE ";
    private static readonly string SelectExperimentById = SelectExperiment + "e.public_id = $1";
    private static readonly string SelectExperimentByName = SelectExperiment + "e.name = $1";

    public Task<Experiment?> GetExperimentAsync(string experimentId, CancellationToken cancel) =>
        OneExperimentAsync(SelectExperimentById, experimentId, cancel);

    public Task<Experiment?> GetExperimentByNameAsync(string name, CancellationToken cancel) =>
        OneExperimentAsync(SelectExperimentByName, name, cancel);

    public Task<Page<Experiment>> SearchExperimentsAsync(SearchQuery query, ViewType view, ReadScope scope, CancellationToken cancel) =>
        _database.ReadAsync(async session =>
        {
            var select = new SelectBuilder(session.Dialect);
            AddView(select, "e.deleted", view);
            Readable.Experiments(select, scope, "e");
            var page = await PageSearch.RunAsync(session, _experiments, select, query, ExperimentRow.Read);
            return new Page<Experiment>(await WithTagsAsync(session, page.Items), page.NextPageToken);
        }, cancel);

    public Task<IReadOnlyList<DatasetSummary>> SearchDatasetsAsync(IReadOnlyList<string> experimentIds, ReadScope scope, CancellationToken cancel) =>
        _database.ReadAsync<IReadOnlyList<DatasetSummary>>(async session => await session.ListAsync(
            $"""
            SELECT DISTINCT e.public_id, d.name, d.digest, t.value
            FROM experiments e
            JOIN datasets d ON d.experiment_id = e.id
            JOIN dataset_inputs i ON i.dataset_id = d.id
            LEFT JOIN dataset_input_tags t ON t.input_id = i.id AND t.key = '{WellKnownTags.DataContext}'
            WHERE {session.Dialect.In("e.public_id", 1)}{(scope.PrincipalIds is null ? "" : $" AND {Readable.ExperimentsHeld(session.Dialect, 2, "e")}")}
            ORDER BY e.public_id, d.name, d.digest, t.value
            LIMIT {MostDatasets}
            """,
            static row => new DatasetSummary { ExperimentId = row.SharedText(0), Name = row.Text(1), Digest = row.Text(2), Context = row.TextOrNull(3) },
            scope.PrincipalIds is { } principals ? [SqlValue.List(experimentIds), SqlValue.List(principals)] : [SqlValue.List(experimentIds)]), cancel);

    private static void AddView(SelectBuilder select, string deletedColumn, ViewType view)
    {
        if (view != ViewType.All)
        {
            select.Conditions.Add($"{deletedColumn} = {(view == ViewType.DeletedOnly ? 1 : 0)}");
        }
    }

    private Task<Experiment?> OneExperimentAsync(string sql, string value, CancellationToken cancel) =>
        _database.ReadAsync(async session => (await WithTagsAsync(session, await session.ListAsync(sql, ExperimentRow.Read, value))) is [var one] ? one : null, cancel);

    private static async ValueTask<IReadOnlyList<Experiment>> WithTagsAsync(SqlSession session, IReadOnlyList<ExperimentRow> experiments)
    {
        if (experiments.Count == 0)
        {
            return [];
        }

        var tags = new Dictionary<long, List<Tag>>();
        await session.ForEachAsync(
            $"SELECT experiment_id, key, value FROM experiment_tags WHERE {session.Dialect.In("experiment_id", 1)} ORDER BY id",
            row =>
            {
                if (!tags.TryGetValue(row.Integer(0), out var list))
                {
                    tags.Add(row.Integer(0), list = []);
                }

                list.Add(new Tag(row.SharedText(1), row.Text(2)));
            },
            SqlValue.List([.. experiments.Select(static one => one.Key)]));
        return [.. experiments.Select(one => tags.TryGetValue(one.Key, out var list) ? one.Experiment with { Tags = list } : one.Experiment)];
    }
}
