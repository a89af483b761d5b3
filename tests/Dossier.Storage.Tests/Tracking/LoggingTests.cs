using Dossier.Protocol;
using Dossier.Storage.Tests.Support;

namespace Dossier.Storage.Tests.Tracking;

public sealed class SqliteLoggingTests(SqliteFixture fixture) : LoggingTests(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresLoggingTests(PostgresFixture fixture) : LoggingTests(fixture), IClassFixture<PostgresFixture>;

public abstract class LoggingTests(StoreFixture fixture) : TrackingTests(fixture)
{
    [Fact]
    public async Task A_batch_is_read_back_ordered_by_key()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [Point("loss", 0.5, 1), Point("acc", 0.9, 1), Point("loss", 0.4, 2)], [new("lr", "0.1"), new("depth", "12")], [new("t", "ü🚀")]);
        var data = (await RunAsync(runId)).Data;
        Assert.Equal([("acc", 0.9, 1L), ("loss", 0.4, 2L)], data.Metrics!.Select(metric => (metric.Key, metric.Value, metric.Step)));
        Assert.Equal([new Param("depth", "12"), new Param("lr", "0.1")], data.Params);
        Assert.Contains(new Tag("t", "ü🚀"), data.Tags!);
    }

    [Fact]
    public async Task The_latest_value_is_of_the_highest_step_then_time_then_value()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [Point("m", 1, step: 5, timestamp: 100)]);
        await LogAsync(runId, [Point("m", 2, step: 4, timestamp: 900)]);
        Assert.Equal(1, Assert.Single((await RunAsync(runId)).Data.Metrics!).Value);
        await LogAsync(runId, [Point("m", 3, step: 5, timestamp: 101), Point("m", -8, step: 5, timestamp: 101)]);
        Assert.Equal(3, Assert.Single((await RunAsync(runId)).Data.Metrics!).Value);
        await LogAsync(runId, [Point("m", 4, step: 5, timestamp: 101)]);
        Assert.Equal(4, Assert.Single((await RunAsync(runId)).Data.Metrics!).Value);
    }

    [Fact]
    public async Task NaN_and_the_largest_numbers_come_back_as_they_went_in()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [Point("nan", double.NaN), Point("max", double.MaxValue), Point("min", double.MinValue), Point("tiny", double.Epsilon)]);
        await LogAsync(runId, [Point("nan", double.NaN)]);
        var values = (await RunAsync(runId)).Data.Metrics!.ToDictionary(metric => metric.Key, metric => metric.Value);
        Assert.Equal((double.NaN, double.MaxValue, double.MinValue, double.Epsilon), (values["nan"], values["max"], values["min"], values["tiny"]));
        Assert.Equal(double.NaN, Assert.Single((await Tracking.GetMetricHistoryAsync(runId, "nan", null, null, default)).Items).Value);
    }

    [Fact]
    public async Task The_same_request_again_adds_nothing_and_writes_no_event()
    {
        var runId = await NewRunAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await LogAsync(runId, [Point("m", 1, 1), Point("m", 1, 1), Point("m", 2, 2)], [new("p", "1")], [new("t", "x")]);
        }

        Assert.Equal(2, (await Tracking.GetMetricHistoryAsync(runId, "m", null, null, default)).Items.Count);
        var logged = Assert.Single(await EventsAsync(runId), one => one.Action == "run.log");
        Assert.Equal("- → x", logged.Change("tags.t"));
        Assert.Equal("""{"count":2,"keys":["m"]}""", logged.Detail.GetProperty("metrics").GetRawText());
        Assert.Equal("""{"count":1,"keys":["p"]}""", logged.Detail.GetProperty("params").GetRawText());
    }

    [Fact]
    public async Task A_param_keeps_its_value_and_a_batch_that_would_change_it_leaves_nothing_behind()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, parameters: [new("lr", "0.1")]);
        var refused = await RefusedAsync(ErrorCode.InvalidParameterValue,
            () => LogAsync(runId, [Point("m", 1)], [new("depth", "3"), new("lr", "0.2")], [new("t", "x")]));
        Assert.Equal($"Changing param values is not allowed. Param with key='lr' was already logged with value='0.1' for run ID='{runId}'. Attempted logging new value '0.2'.", refused.Message);
        var data = (await RunAsync(runId)).Data;
        Assert.Equal([new Param("lr", "0.1")], data.Params);
        Assert.Empty(data.Metrics!);
        Assert.DoesNotContain(data.Tags!, tag => tag.Key == "t");
        Assert.Equal(2, (await EventsAsync(runId)).Count);
    }

    [Fact]
    public async Task A_refused_batch_does_not_leave_its_new_metric_keys_remembered()
    {
        var runId = await NewRunAsync();
        var key = NewId();
        await LogAsync(runId, parameters: [new("p", "1")]);
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => LogAsync(runId, [Point(key, 1)], [new("p", "2")]));
        await LogAsync(runId, [Point(key, 7)]);
        Assert.Equal(7, Assert.Single((await RunAsync(runId)).Data.Metrics!).Value);
    }

    [Fact]
    public async Task An_event_of_a_huge_batch_stays_small()
    {
        var runId = await NewRunAsync();
        await LogAsync(runId, [.. Enumerable.Range(0, 1000).Select(index => Point($"m{index:0000}", index))], tags: [new("t", new string('x', 8000))]);
        var logged = (await EventsAsync(runId)).Last();
        Assert.Equal(1000, logged.Detail.GetProperty("metrics").GetProperty("count").GetInt32());
        Assert.Equal(900, logged.Detail.GetProperty("metrics").GetProperty("keys_left_out").GetInt32());
        Assert.InRange(logged.Detail.GetRawText().Length, 1000, 5000);
    }

    [Fact]
    public async Task Many_writers_at_once_are_all_acknowledged_and_present()
    {
        var experiment = await NewExperimentAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NewRunAsync(experiment)));
        await Task.WhenAll(Enumerable.Range(0, 400).Select(index => index % 40 == 0
            ? RefusedAsync(ErrorCode.ResourceDoesNotExist, () => LogAsync("nobody", [Point("m", index)]))
            : LogAsync(runs[index % 8], [Point("m", index, index), Point($"own{index}", index)], [new Param($"p{index}", "v")])));
        var points = 0;
        foreach (var run in runs)
        {
            points += (await Tracking.GetMetricHistoryAsync(run, "m", null, null, default)).Items.Count;
            Assert.Equal((await RunAsync(run)).Data.Params!.Count + 1, (await RunAsync(run)).Data.Metrics!.Count);
        }

        Assert.Equal(390, points);
    }

    [Fact]
    public async Task Two_values_for_one_param_at_the_same_time_let_one_through()
    {
        var runId = await NewRunAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async index =>
        {
            try
            {
                await LogAsync(runId, parameters: [new("p", $"{index}")]);
                return 1;
            }
            catch (ProtocolException)
            {
                return 0;
            }
        }));
        Assert.Equal(1, outcomes.Sum());
    }
}
