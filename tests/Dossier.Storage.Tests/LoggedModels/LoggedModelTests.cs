using Dossier.Core.LoggedModels;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.LoggedModels;

public abstract class LoggedModelTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private ILoggedModelStore Models => Store.LoggedModels;

    [Fact]
    public async Task A_new_model_is_pending_and_has_a_place_for_its_files()
    {
        var created = await Models.CreateAsync(
            "m-1",
            new()
            {
                ExperimentId = "0", Name = "vit", ModelType = "classifier", SourceRunId = "r1",
                Params = [new("lr", "0.1"), new("depth", "12")], Tags = [new("t", "v")],
            },
            At(10),
            default);
        var info = created.Info;
        Assert.Equal(("m-1", "0", "vit", "classifier", "r1"), (info.ModelId, info.ExperimentId, info.Name, info.ModelType, info.SourceRunId));
        Assert.Equal(("LOGGED_MODEL_PENDING", "mlflow-artifacts:/0/models/m-1/artifacts"), (info.Status, info.ArtifactUri));
        Assert.Equal((10L, 10L), (info.CreationTimestampMs, info.LastUpdatedTimestampMs));
        Assert.Equal([new Tag("t", "v")], info.Tags);
        Assert.Equal([new Param("depth", "12"), new Param("lr", "0.1")], created.Data.Params);
        Assert.Equivalent(created, await Models.GetAsync("m-1", default));
        Assert.Equal("", (await CreateAsync("m-2")).Info.ModelType);
    }

    [Fact]
    public async Task A_model_needs_an_active_experiment()
    {
        Assert.Equal("No Experiment with id=77 exists", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => CreateAsync("m-1", "77")));
        var deleted = await Store.Tracking.CreateExperimentAsync(new() { Name = "gone" }, "mlflow-artifacts:", At(1), default);
        await Store.Tracking.SetExperimentDeletedAsync(deleted, true, At(2), default);
        Assert.Contains(
            "must be in the 'active' state", await RefusedAsync(ErrorCode.InvalidParameterValue, () => CreateAsync("m-1", deleted)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_status_changes_with_its_history()
    {
        await CreateAsync("m-1");
        var ready = await Models.SetStatusAsync("m-1", LoggedModelStatus.Ready, At(20), default);
        Assert.Equal(("LOGGED_MODEL_READY", 20L), (ready.Info.Status, ready.Info.LastUpdatedTimestampMs));
        Assert.Equal(
            """logged_model.set_status|ada|{"changes":[{"field":"status","from":"LOGGED_MODEL_PENDING","to":"LOGGED_MODEL_READY"}]}""",
            (await EventsOfAsync("m-1"))[^1]);
    }

    [Fact]
    public async Task A_deleted_or_unknown_model_is_not_found_by_any_call()
    {
        await CreateAsync("m-1");
        await Models.DeleteAsync("m-1", At(2), default);
        Assert.Null(await Models.GetAsync("m-1", default));
        Func<string, Task>[] calls =
        [
            id => Models.SetStatusAsync(id, LoggedModelStatus.Ready, At(3), default),
            id => Models.DeleteAsync(id, At(3), default),
            id => Models.SetTagsAsync(id, [new("a", "b")], At(3), default),
            id => Models.DeleteTagAsync(id, "a", At(3), default),
            id => Models.LogParamsAsync(id, [new("a", "b")], At(3), default),
        ];
        foreach (var call in calls)
        {
            Assert.Equal("Logged model with ID 'm-1' not found.", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => call("m-1")));
            Assert.Equal("Logged model with ID 'm-9' not found.", await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => call("m-9")));
        }
    }

    [Fact]
    public async Task Tags_are_set_over_the_ones_before_and_deleted()
    {
        await CreateAsync("m-1");
        await Models.SetTagsAsync("m-1", [new("a", "1"), new("b", "1")], At(2), default);
        await Models.SetTagsAsync("m-1", [new("a", "2"), new("b", "1")], At(3), default);
        Assert.Equal([new Tag("a", "2"), new Tag("b", "1")], (await Models.GetAsync("m-1", default))!.Info.Tags);
        Assert.Equal(
            """logged_model.set_tags|ada|{"changes":[{"field":"tags.a","from":"1","to":"2"}]}""", (await EventsOfAsync("m-1"))[^1]);

        await Models.DeleteTagAsync("m-1", "a", At(4), default);
        Assert.Equal([new Tag("b", "1")], (await Models.GetAsync("m-1", default))!.Info.Tags);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Models.DeleteTagAsync("m-1", "a", At(5), default));
    }

    [Fact]
    public async Task Params_are_written_once()
    {
        await CreateAsync("m-1");
        await Models.LogParamsAsync("m-1", [new("a", "1")], At(2), default);
        await Models.LogParamsAsync("m-1", [new("a", "1"), new("b", "2")], At(3), default);
        var message = await RefusedAsync(ErrorCode.InvalidParameterValue, () => Models.LogParamsAsync("m-1", [new("c", "3"), new("a", "9")], At(4), default));
        Assert.Contains("Changing param values is not allowed. Param with key='a' was already logged with value='1'", message, StringComparison.Ordinal);
        Assert.Equal([new Param("a", "1"), new Param("b", "2")], (await Models.GetAsync("m-1", default))!.Data.Params);
    }

    [Fact]
    public async Task It_shows_the_latest_point_of_each_metric_and_dataset()
    {
        await CreateAsync("m-1");
        await CreateAsync("m-2");
        var run = (await Store.Tracking.CreateRunAsync(new("r1", "0", "run", "ada", 1, [new("mlflow.runName", "run")]), At(1), default)).Info.RunId;
        await Store.Tracking.LogBatchAsync(
            new(
                run,
                [
                    Point("acc", 0.5, 1, "m-1", "test"), Point("acc", 0.7, 2, "m-1", "test"), Point("acc", 0.9, 1, "m-1", "train"),
                    Point("loss", double.NaN, 1, "m-1", null), Point("acc", 0.1, 9, "m-2", "test"), Point("acc", 0.2, 9, null, null),
                ],
                [],
                []),
            At(2),
            default);
        var metrics = (await Models.GetAsync("m-1", default))!.Data.Metrics!;
        Assert.Equal(
            [("acc", 0.7, "test"), ("acc", 0.9, "train"), ("loss", double.NaN, null)],
            metrics.Select(metric => (metric.Key, metric.Value, metric.DatasetName)));
        Assert.All(metrics, metric => Assert.Equal(("m-1", run), (metric.ModelId, metric.RunId)));
    }

    private static Metric Point(string key, double value, long step, string? modelId, string? dataset) => new()
    {
        Key = key, Value = value, Step = step, Timestamp = 1, ModelId = modelId, DatasetName = dataset, DatasetDigest = dataset is null ? null : "d",
    };

    private Task<LoggedModel> CreateAsync(string id, string experimentId = "0") =>
        Models.CreateAsync(id, new() { ExperimentId = experimentId, Name = "vit" }, At(1), default);
}

public sealed class SqliteLoggedModelTests() : LoggedModelTests(new SqliteFixture());

public sealed class PostgresLoggedModelTests() : LoggedModelTests(new PostgresFixture());
