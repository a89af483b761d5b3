using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteLargeBatchTests(SqliteFixture fixture) : LargeBatchTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresLargeBatchTests(PostgresFixture fixture) : LargeBatchTests(fixture), IClassFixture<PostgresFixture>;

/// <summary>Large batches wait in a backlog before they lie by key; nobody who reads may notice.</summary>
public abstract class LargeBatchTests(StoreFixture fixture) : TrackingTests(fixture)
{
    [Fact]
    public async Task Many_large_batches_are_one_history_whenever_it_is_read()
    {
        var runId = await NewRunAsync();
        for (var batch = 0; batch < 70; batch++)
        {
            await LogAsync(runId, Batch(batch));
            if (batch % 9 == 0)
            {
                Assert.Equal((batch + 1) * 5, await CountAsync(runId, "m3"));
            }
        }

        for (var key = 0; key < 4; key++)
        {
            var history = (await Tracking.GetMetricHistoryAsync(runId, $"m{key}", null, null, default)).Items;
            Assert.Equal(Enumerable.Range(0, 350).Select(step => (long)step), history.Select(point => point.Step));
            Assert.All(history, point => Assert.Equal((Value(key, point.Step), Now + point.Step), (point.Value, point.Timestamp)));
        }

        Assert.Equal([349L, 349L, 349L, 349L], (await RunAsync(runId)).Data.Metrics!.Select(metric => metric.Step));
    }

    [Fact]
    public async Task A_large_batch_sent_again_adds_nothing_and_writes_no_event()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, Batch(0));
        await LogAsync(runId, Batch(1));
        await LogAsync(runId, Batch(0));
        Assert.Equal(10, await CountAsync(runId, "m0"));
        Assert.Equal(2, (await EventsAsync(runId)).Count(one => one.Action == "run.log"));
    }

    [Fact]
    public async Task A_point_of_a_large_batch_logged_again_by_itself_or_in_another_batch_is_one_point()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [Batch(0)[0]]);
        await LogAsync(runId, Batch(0));
        Assert.Equal(5, await CountAsync(runId, "m0"));
        await LogAsync(runId, [.. Batch(0), Point("another", 1)]);
        await LogAsync(runId, [Batch(0)[1]]);
        Assert.Equal(5, await CountAsync(runId, "m0"));
        Assert.Equal(1, await CountAsync(runId, "another"));
    }

    [Fact]
    public async Task NaN_and_the_largest_numbers_of_a_large_batch_come_back_as_they_went_in()
    {
        var runId = await NewRunAsync();
        double[] values = [double.NaN, double.MaxValue, double.MinValue, double.Epsilon, 0, 0.1];
        await LogAsync(runId, [.. Enumerable.Range(0, 30).Select(step => Point("m", values[step % values.Length], step, long.MaxValue - 30 + step))]);
        var history = (await Tracking.GetMetricHistoryAsync(runId, "m", null, null, default)).Items;
        Assert.Equal(Enumerable.Range(0, 30).Select(step => values[step % values.Length]), history.Select(point => point.Value));
    }

    [Fact]
    public async Task Bulk_and_sampled_history_and_pages_see_large_batches()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, Batch(0));
        Assert.Equal(5, (await Tracking.GetMetricHistoryBulkAsync([runId], "m1", 100, default)).Count);
        await LogAsync(runId, Batch(1));
        Assert.Equal(10, (await Tracking.GetMetricHistorySampledAsync([runId], "m1", null, null, 100, default)).Count);
        await LogAsync(runId, Batch(2));
        var first = await Tracking.GetMetricHistoryAsync(runId, "m1", 8, null, default);
        await LogAsync(runId, Batch(3));
        var second = await Tracking.GetMetricHistoryAsync(runId, "m1", 100, first.NextPageToken, default);
        Assert.Equal(Enumerable.Range(0, 20).Select(step => (long)step), first.Items.Concat(second.Items).Select(point => point.Step));
    }

    [Fact]
    public async Task Writers_and_readers_of_one_run_at_once_lose_nothing()
    {
        var runId = await NewRunAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(batch => batch % 6 == 5 ? CountAsync(runId, "m0") : LogAsync(runId, Batch(batch))));
        Assert.Equal(50 * 5, await CountAsync(runId, "m0"));
    }

    private static double Value(int key, long step) => (key * 1000) + step;

    // Four keys, five steps each; the next batch goes on where this one ends.
    private static Metric[] Batch(int number) =>
        [.. Enumerable.Range(0, 20).Select(index => (Key: index % 4, Step: (number * 5) + (index / 4)))
            .Select(at => Point($"m{at.Key}", Value(at.Key, at.Step), at.Step, Now + at.Step))];

    private async Task<int> CountAsync(string runId, string key) =>
        (await Tracking.GetMetricHistoryAsync(runId, key, null, null, default)).Items.Count;
}
