using Dossier.Protocol;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Tracking;

/// <summary>Adds dataset inputs to a run. A dataset is kept once for an experiment, by name and digest.</summary>
internal static class DatasetInputTable
{
    private static readonly BulkInsert InsertDatasets = new("datasets", "ON CONFLICT DO NOTHING",
        new BulkColumn("experiment_id", SqlKind.Integer), Text("name"), Text("digest"), Text("source_type"), Text("source"), Text("schema"), Text("profile"));

    private static readonly BulkInsert InsertInputs = new("dataset_inputs", "ON CONFLICT DO NOTHING",
        new BulkColumn("run_id", SqlKind.Integer), new BulkColumn("dataset_id", SqlKind.Integer));

    private static readonly BulkInsert InsertTags = new("dataset_input_tags", "ON CONFLICT DO NOTHING",
        new BulkColumn("input_id", SqlKind.Integer), Text("key"), Text("value"));

    /// <summary>Adds those that the run does not have yet, and returns their names.</summary>
    public static async ValueTask<IReadOnlyList<string>> WriteAsync(SqlSession session, RunKey run, IReadOnlyList<DatasetInput> inputs)
    {
        if (inputs.Count == 0)
        {
            return [];
        }

        var ofIdentity = inputs.DistinctBy(Identity).ToDictionary(Identity);
        var present = await PresentAsync(session, run.Id);
        var added = ofIdentity.Where(one => !present.ContainsKey(one.Key)).Select(static one => one.Value).ToList();
        if (added.Count == 0)
        {
            return [];
        }

        await session.InsertManyAsync(InsertDatasets, added.SelectMany(one => DatasetRow(run.ExperimentId, one.Dataset)).ToArray());
        var datasetIds = await DatasetIdsAsync(session, run.ExperimentId, added);
        await session.InsertManyAsync(InsertInputs, added.SelectMany(one => new SqlValue[] { run.Id, datasetIds[Identity(one)] }).ToArray());
        present = await PresentAsync(session, run.Id);
        await session.InsertManyAsync(InsertTags, added.SelectMany(one => TagRows(present[Identity(one)], one.Tags ?? [])).ToArray());
        return [.. added.Select(static one => one.Dataset.Name)];
    }

    private static async ValueTask<Dictionary<(string Name, string Digest), long>> PresentAsync(SqlSession session, long run)
    {
        var ids = new Dictionary<(string, string), long>();
        await session.ForEachAsync(
            "SELECT d.name, d.digest, i.id FROM dataset_inputs i JOIN datasets d ON d.id = i.dataset_id WHERE i.run_id = $1",
            row => ids[(row.Text(0), row.Text(1))] = row.Integer(2), run);
        return ids;
    }

    private static async ValueTask<Dictionary<(string Name, string Digest), long>> DatasetIdsAsync(SqlSession session, long experiment, List<DatasetInput> inputs)
    {
        var ids = new Dictionary<(string, string), long>();
        await session.ForEachAsync(
            $"SELECT name, digest, id FROM datasets WHERE experiment_id = $1 AND {session.Dialect.In("name", 2)}",
            row => ids[(row.Text(0), row.Text(1))] = row.Integer(2), experiment, SqlValue.List([.. inputs.Select(static one => one.Dataset.Name).Distinct()]));
        return ids;
    }

    private static SqlValue[] DatasetRow(long experiment, Dataset dataset) =>
        [experiment, dataset.Name, dataset.Digest, dataset.SourceType, dataset.Source, dataset.Schema, dataset.Profile];

    private static IEnumerable<SqlValue> TagRows(long input, IReadOnlyList<Tag> tags) =>
        tags.SelectMany(tag => new SqlValue[] { input, tag.Key, tag.Value });

    private static (string Name, string Digest) Identity(DatasetInput input) => (input.Dataset.Name, input.Dataset.Digest);

    private static BulkColumn Text(string name) => new(name, SqlKind.Text);
}
