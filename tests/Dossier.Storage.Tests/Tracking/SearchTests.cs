using Dossier.Core.Access;
using Dossier.Core.Search;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteSearchTests(SqliteFixture fixture) : SearchTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresSearchTests(PostgresFixture fixture) : SearchTests(fixture), IClassFixture<PostgresFixture>;

public abstract class SearchTests(StoreFixture fixture) : TrackingTests(fixture)
{
    /// <summary>Runs a, b, c, d in order of start; d has no metric, param or tag but its name.</summary>
    private async Task<string> FourRunsAsync()
    {
        var experiment = await NewExperimentAsync();
        var a = await NewRunAsync(experiment, name: "a", start: 1);
        var b = await NewRunAsync(experiment, name: "b", start: 2);
        var c = await NewRunAsync(experiment, name: "c", start: 3);
        await NewRunAsync(experiment, name: "d", start: 4);
        await LogAsync(a, [Point("loss", 0.5), Point("acc", 1)], [new("lr", "0.1"), new("opt", "Adam")], [new("team", "Red")]);
        await LogAsync(b, [Point("loss", double.NaN)], [new("lr", "0.2"), new("opt", "a*b?[x]%_")], [new("team", "red")]);
        await LogAsync(c, [Point("loss", -1.5)], [new("lr", "0.10"), new("opt", "sgd")], [new("team", "blue")]);
        await Tracking.UpdateRunAsync(new UpdateRun { RunId = a, Status = "FINISHED", EndTime = 50 }, Ann, default);
        await Tracking.LogInputsAsync(a, [new DatasetInput { Dataset = new Dataset { Name = "pcb", Digest = "d1" }, Tags = [new("mlflow.data.context", "train")] }], [], Ann, default);
        return experiment;
    }

    public static TheoryData<string, string, Comparator, object?, string> Clauses => new()
    {
        { "metrics", "loss", Comparator.Equal, 0.5, "a" },
        { "metrics", "loss", Comparator.NotEqual, 0.5, "cb" },
        { "metrics", "loss", Comparator.Less, 0.5, "c" },
        { "metrics", "loss", Comparator.LessOrEqual, 0.5, "ca" },
        { "metrics", "loss", Comparator.Greater, -1.5, "a" },
        { "metrics", "loss", Comparator.GreaterOrEqual, -1.5, "ca" },
        { "metrics", "loss", Comparator.GreaterOrEqual, -2.0, "ca" },
        { "params", "lr", Comparator.Equal, "0.1", "a" },
        { "params", "lr", Comparator.NotEqual, "0.1", "cb" },
        { "params", "opt", Comparator.Like, "A%", "a" },
        { "params", "opt", Comparator.Like, "a%", "b" },
        { "params", "opt", Comparator.ILike, "a%", "ba" },
        { "params", "opt", Comparator.Like, "%*%", "b" },
        { "params", "opt", Comparator.Like, "___", "c" },
        { "params", "opt", Comparator.Like, "a*b?[x]%", "b" },
        { "params", "opt", Comparator.ILike, "a\\%", "" },
        { "params", "lr", Comparator.IsNull, null, "d" },
        { "params", "lr", Comparator.IsNotNull, null, "cba" },
        { "params", "lr", Comparator.In, new[] { "0.1", "0.2" }, "ba" },
        { "tags", "team", Comparator.Equal, "red", "b" },
        { "tags", "team", Comparator.NotEqual, "red", "ca" },
        { "tags", "team", Comparator.ILike, "RED", "ba" },
        { "tags", "team", Comparator.IsNull, null, "d" },
        { "attributes", "status", Comparator.Equal, "FINISHED", "a" },
        { "attributes", "status", Comparator.NotEqual, "FINISHED", "dcb" },
        { "attributes", "run_name", Comparator.In, new[] { "a", "d", "x'y" }, "da" },
        { "attributes", "run_name", Comparator.NotIn, new[] { "a", "d" }, "cb" },
        { "attributes", "start_time", Comparator.GreaterOrEqual, 3.0, "dc" },
        { "attributes", "start_time", Comparator.Less, 2.5, "ba" },
        { "attributes", "start_time", Comparator.Equal, 2.0, "b" },
        { "attributes", "end_time", Comparator.Greater, 1.0, "a" },
        { "attributes", "user_id", Comparator.Equal, "ann", "dcba" },
        { "attributes", "artifact_uri", Comparator.Like, "mlflow-artifacts:/%/artifacts", "dcba" },
        { "datasets", "name", Comparator.Equal, "pcb", "a" },
        { "datasets", "digest", Comparator.Equal, "d2", "" },
        { "datasets", "context", Comparator.Like, "tr%", "a" },
    };

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task A_clause_finds(string entity, string key, Comparator comparator, object? value, string expected)
    {
        var clause = new Clause(EntityOf(entity), key, comparator) { Text = value as string, Number = value as double?, Texts = value as string[] };
        Assert.Equal(expected, string.Concat(await SearchAsync(await FourRunsAsync(), Query(where: [clause]))));
    }

    [Theory]
    [InlineData("metrics", "loss", false, "cabd")]
    [InlineData("metrics", "loss", true, "acbd")]
    [InlineData("params", "lr", false, "acbd")]
    [InlineData("params", "lr", true, "bcad")]
    [InlineData("tags", "team", false, "acbd")]
    [InlineData("attributes", "run_name", true, "dcba")]
    [InlineData("attributes", "end_time", true, "abcd")]
    public async Task An_order_puts_what_is_missing_last(string entity, string key, bool descending, string expected)
    {
        var experiment = await FourRunsAsync();
        OrderColumn[] order = [new(EntityOf(entity), key, descending), new(SearchEntity.Attribute, "start_time", false)];
        Assert.Equal(expected, string.Concat(await SearchAsync(experiment, Query(order: order))));
        Assert.Equal(expected, string.Concat(await PagedAsync(experiment, 1, order)));
    }

    [Fact]
    public async Task All_clauses_of_a_filter_hold_together_with_an_order()
    {
        var found = await SearchAsync(await FourRunsAsync(), Query(
            where: [new(SearchEntity.Metric, "loss", Comparator.Less) { Number = 1 }, new(SearchEntity.Tag, "team", Comparator.NotEqual) { Text = "red" }],
            order: [new(SearchEntity.Param, "opt", true), new(SearchEntity.Metric, "loss", false)]));
        Assert.Equal(["c", "a"], found);
    }

    [Fact]
    public async Task Views_tell_active_deleted_and_all_runs_apart()
    {
        var experiment = await NewExperimentAsync();
        var gone = await NewRunAsync(experiment, name: "gone", start: 1);
        await NewRunAsync(experiment, name: "here", start: 2);
        await Tracking.SetRunDeletedAsync(gone, true, Ann, default);
        Assert.Equal(["here"], await SearchAsync(experiment, Query()));
        Assert.Equal(["gone"], await SearchAsync(experiment, Query(), ViewType.DeletedOnly));
        Assert.Equal(["here", "gone"], await SearchAsync(experiment, Query(), ViewType.All));
        Assert.Empty((await Tracking.SearchRunsAsync([], Query(), ViewType.All, ReadScope.Everything, default)).Items);
    }

    [Fact]
    public async Task Pages_over_equal_start_times_meet_without_gap_or_overlap()
    {
        var experiment = await NewExperimentAsync();
        var runs = new List<string>();
        for (var index = 0; index < 23; index++)
        {
            runs.Add(await NewRunAsync(experiment, name: $"{index}", start: 100 + (index / 10)));
        }

        var all = await SearchAsync(experiment, Query());
        Assert.Equal(23, all.Length);
        Assert.Equal(all, await PagedAsync(experiment, 5, []));
        Assert.Equal(all, await PagedAsync(experiment, 23, []));
    }

    [Fact]
    public async Task Runs_of_several_experiments_come_in_one_order_with_their_details()
    {
        var (first, second) = (await NewExperimentAsync(), await NewExperimentAsync());
        var runs = new[] { await NewRunAsync(first, start: 3), await NewRunAsync(second, start: 2), await NewRunAsync(first, start: 1) };
        foreach (var run in runs)
        {
            await LogAsync(run, [Point("z", 1), Point("a", 2)], [new("p", run)]);
        }

        var page = await Tracking.SearchRunsAsync([first, second, "nobody"], Query(), ViewType.ActiveOnly, ReadScope.Everything, default);
        Assert.Equal(runs, page.Items.Select(run => run.Info.RunId));
        Assert.Equal([first, second, first], page.Items.Select(run => run.Info.ExperimentId));
        Assert.All(page.Items, run =>
        {
            Assert.Equal(["a", "z"], run.Data.Metrics!.Select(metric => metric.Key));
            Assert.Equal([new Param("p", run.Info.RunId)], run.Data.Params);
        });
    }

    [Fact]
    public async Task A_token_of_another_query_is_refused()
    {
        var experiment = await FourRunsAsync();
        var token = (await Tracking.SearchRunsAsync([experiment], Query(1), ViewType.ActiveOnly, ReadScope.Everything, default)).NextPageToken;
        Assert.NotNull(token);
        SearchQuery[] others =
        [
            Query(1, [new(SearchEntity.Tag, "team", Comparator.IsNull)], token: token),
            Query(1, order: [new(SearchEntity.Metric, "loss", true)], token: token),
            Query(1, token: token[..^3]),
            Query(1, token: "!"),
        ];
        foreach (var query in others)
        {
            await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.SearchRunsAsync([experiment], query, ViewType.ActiveOnly, ReadScope.Everything, default));
        }

        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.SearchRunsAsync([experiment], Query(1, token: token), ViewType.All, ReadScope.Everything, default));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.SearchRunsAsync(["0"], Query(1, token: token), ViewType.ActiveOnly, ReadScope.Everything, default));
    }

    private static SearchEntity EntityOf(string name) =>
        name == "attributes" ? SearchEntity.Attribute : SearchSchema.Runs.Entities.Single(entity => entity.Plural == name);

    private async Task<string[]> PagedAsync(string experiment, int size, OrderColumn[] order)
    {
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await Tracking.SearchRunsAsync([experiment], Query(size, order: order, token: token), ViewType.ActiveOnly, ReadScope.Everything, default);
            names.AddRange(page.Items.Select(run => run.Info.RunName!));
            token = page.NextPageToken;
        }
        while (token is not null);
        return [.. names];
    }
}
