using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteHistoryTests(SqliteFixture fixture) : HistoryTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresHistoryTests(PostgresFixture fixture) : HistoryTests(fixture), IClassFixture<PostgresFixture>;

public abstract class HistoryTests(StoreFixture fixture) : TrackingTests(fixture)
{
    [Fact]
    public async Task History_is_ordered_by_timestamp_step_and_value()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [Point("m", 3, 1, 20), Point("m", 2, 2, 10), Point("m", 9, 1, 10), Point("m", 1, 2, 10), Point("other", 1)]);
        var history = (await Tracking.GetMetricHistoryAsync(runId, "m", null, null, default)).Items;
        Assert.Equal([9, 1, 2, 3], history.Select(point => point.Value));
        Assert.Empty((await Tracking.GetMetricHistoryAsync(runId, "none", null, null, default)).Items);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Tracking.GetMetricHistoryAsync("nobody", "m", null, null, default));
    }

    [Fact]
    public async Task Pages_of_history_meet_without_gap_or_overlap()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [.. Enumerable.Range(0, 25).Select(index => Point("m", index % 7 == 0 ? double.NaN : index, step: index / 5, timestamp: Now))]);
        var all = (await Tracking.GetMetricHistoryAsync(runId, "m", null, null, default)).Items;
        var paged = new List<Metric>();
        string? token = null;
        do
        {
            var page = await Tracking.GetMetricHistoryAsync(runId, "m", 4, token, default);
            Assert.InRange(page.Items.Count, 1, 4);
            paged.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);
        Assert.Equal(25, paged.Count);
        Assert.Equal(all, paged);

        var first = await Tracking.GetMetricHistoryAsync(runId, "m", 4, null, default);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.GetMetricHistoryAsync(runId, "another", 4, first.NextPageToken, default));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Tracking.GetMetricHistoryAsync(runId, "m", 4, "rubbish", default));
    }

    [Fact]
    public async Task Bulk_history_is_ordered_by_run_and_bounded()
    {
        var experiment = await NewExperimentAsync();
        var (a, b) = ($"a{NewId()}", $"b{NewId()}");
        await NewRunAsync(experiment, b);
        await NewRunAsync(experiment, a);
        await LogAsync(a, [Point("m", 1, 1), Point("m", 2, 2)]);
        await LogAsync(b, [Point("m", 3, 1)]);
        var points = await Tracking.GetMetricHistoryBulkAsync([b, a, "nobody"], "m", 100, default);
        Assert.Equal([(a, 1.0), (a, 2.0), (b, 3.0)], points.Select(point => (point.RunId!, point.Value)));
        Assert.Equal(2, (await Tracking.GetMetricHistoryBulkAsync([b, a], "m", 2, default)).Count);
    }

    [Fact]
    public async Task Sampled_history_spreads_over_the_steps_and_keeps_the_ends_of_each_run()
    {
        var experiment = await NewExperimentAsync();
        var (a, b) = (await NewRunAsync(experiment), await NewRunAsync(experiment));
        await LogAsync(a, [.. Enumerable.Range(0, 1000).Select(step => Point("m", step, step, Now + step))]);
        await LogAsync(b, [.. Enumerable.Range(0, 503).Select(step => Point("m", -step, step, Now + step))]);
        var points = await Tracking.GetMetricHistorySampledAsync([a, b], "m", null, null, 10, default);
        var ofA = points.Where(point => point.RunId == a).Select(point => point.Step).ToArray();
        var ofB = points.Where(point => point.RunId == b).Select(point => point.Step).ToArray();
        Assert.InRange(ofA.Length, 10, 13);
        Assert.Equal((0, 999), (ofA[0], ofA[^1]));
        Assert.Equal((0, 502), (ofB[0], ofB[^1]));
        Assert.All(ofA.Zip(ofA.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 200));

        var inside = await Tracking.GetMetricHistorySampledAsync([a], "m", 100, 104, 10, default);
        Assert.Equal([100, 101, 102, 103, 104], inside.Select(point => point.Step));
    }
}
