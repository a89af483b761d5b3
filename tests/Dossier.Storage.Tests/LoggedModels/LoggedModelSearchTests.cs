using Dossier.Core.Access;
using Dossier.Core.LoggedModels;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.LoggedModels;

public abstract class LoggedModelSearchTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private ILoggedModelStore Models => Store.LoggedModels;

    [Fact]
    public async Task Models_of_the_named_experiments_come_newest_first_without_deleted_ones()
    {
        var other = await Store.Tracking.CreateExperimentAsync(new() { Name = "other" }, "mlflow-artifacts:", At(1), default);
        await CreateAsync("m-1", 10);
        await CreateAsync("m-2", 30);
        await CreateAsync("m-3", 20, other);
        await CreateAsync("m-4", 40);
        await Models.DeleteAsync("m-4", At(50), default);
        Assert.Equal(["m-2", "m-1"], await FindAsync(Query()));
        Assert.Equal(["m-2", "m-3", "m-1"], await FindAsync(Query(), experiments: ["0", other]));
    }

    [Fact]
    public async Task Models_are_found_by_attributes_params_and_tags()
    {
        await CreateAsync("m-1", 10, name: "a", run: "r1");
        await CreateAsync("m-2", 20, name: "b", run: null);
        await Models.SetTagsAsync("m-1", [new("team", "vision")], At(30), default);
        await Models.LogParamsAsync("m-2", [new("lr", "0.1")], At(30), default);
        await Models.SetStatusAsync("m-2", LoggedModelStatus.Ready, At(30), default);
        Assert.Equal(["m-1"], await FindAsync(Query([Text(SearchEntity.Attribute, "name", "a")])));
        Assert.Equal(["m-1"], await FindAsync(Query([Text(SearchEntity.Attribute, "source_run_id", "r1")])));
        Assert.Equal(["m-2"], await FindAsync(Query([Text(SearchEntity.Attribute, "status", "LOGGED_MODEL_READY")])));
        Assert.Equal(["m-2"], await FindAsync(Query([new Clause(SearchEntity.Attribute, "creation_timestamp", Comparator.Greater) { Number = 10 }])));
        Assert.Equal(["m-1"], await FindAsync(Query([Text(SearchEntity.Tag, "team", "vision")])));
        Assert.Equal(["m-2"], await FindAsync(Query([Text(SearchEntity.Param, "lr", "0.1")])));
        Assert.Equal(["m-1"], await FindAsync(Query([new Clause(SearchEntity.Param, "lr", Comparator.IsNull)])));
    }

    [Fact]
    public async Task Metrics_mean_the_latest_value_on_the_named_datasets_or_on_any()
    {
        await CreateAsync("m-1", 10);
        await CreateAsync("m-2", 20);
        await CreateAsync("m-3", 30);
        await LogAsync(("m-1", 0.9, 1, "test"), ("m-1", 0.5, 2, "test"), ("m-1", 0.8, 1, "train"), ("m-2", 0.7, 1, "test"));

        Assert.Equal(["m-2", "m-1"], await FindAsync(Query([Above(0.6)])));
        Assert.Equal(["m-2"], await FindAsync(Query([Above(0.6)]), new DatasetRef("test", null)));
        Assert.Equal(["m-1"], await FindAsync(Query([Above(0.6)]), new DatasetRef("train", "d")));
        Assert.Empty(await FindAsync(Query([Above(0.6)]), new DatasetRef("train", "other")));
        Assert.Equal(["m-2", "m-1"], await FindAsync(Query([Above(0.6)]), new DatasetRef("test", null), new DatasetRef("train", null)));
    }

    [Fact]
    public async Task Models_can_be_ordered_by_a_metric_with_missing_ones_last_and_paged()
    {
        await CreateAsync("m-1", 10);
        await CreateAsync("m-2", 20);
        await CreateAsync("m-3", 30);
        await CreateAsync("m-4", 40);
        await LogAsync(("m-1", 0.5, 1, "test"), ("m-2", 0.9, 1, "test"), ("m-3", double.NaN, 1, "test"));
        foreach (var (isDescending, expected) in new (bool, string[])[] { (true, ["m-2", "m-1", "m-4", "m-3"]), (false, ["m-1", "m-2", "m-4", "m-3"]) })
        {
            var found = new List<string>();
            string? token = null;
            do
            {
                var query = Query(order: [new(SearchEntity.Metric, "acc", isDescending)], maxResults: 1, pageToken: token);
                var page = await Models.SearchAsync(["0"], query, [], ReadScope.Everything, default);
                found.AddRange(page.Items.Select(model => model.Info.ModelId));
                token = page.NextPageToken;
            }
            while (token is not null);

            Assert.Equal(expected, found);
        }
    }

    private static Clause Text(SearchEntity entity, string key, string value) => new(entity, key, Comparator.Equal) { Text = value };

    private static Clause Above(double number) => new(SearchEntity.Metric, "acc", Comparator.Greater) { Number = number };

    private Task<LoggedModel> CreateAsync(string id, long at, string experiment = "0", string name = "vit", string? run = null) =>
        Models.CreateAsync(id, new() { ExperimentId = experiment, Name = name, SourceRunId = run }, At(at), default);

    private async Task LogAsync(params (string Model, double Value, long Step, string Dataset)[] points)
    {
        await Store.Tracking.CreateRunAsync(new("r1", "0", "run", "ada", 1, [new("mlflow.runName", "run")]), At(1), default);
        var metrics = points.Select(point => new Metric
        {
            Key = "acc", Value = point.Value, Step = point.Step, Timestamp = 1, ModelId = point.Model, DatasetName = point.Dataset, DatasetDigest = "d",
        });
        await Store.Tracking.LogBatchAsync(new("r1", [.. metrics], [], []), At(2), default);
    }

    private async Task<List<string>> FindAsync(SearchQuery query, params DatasetRef[] datasets) => await FindAsync(query, ["0"], datasets);

    private async Task<List<string>> FindAsync(SearchQuery query, string[] experiments, params DatasetRef[] datasets) =>
        [.. (await Models.SearchAsync(experiments, query, datasets, ReadScope.Everything, default)).Items.Select(model => model.Info.ModelId)];
}

public sealed class SqliteLoggedModelSearchTests() : LoggedModelSearchTests(new SqliteFixture());

public sealed class PostgresLoggedModelSearchTests() : LoggedModelSearchTests(new PostgresFixture());
