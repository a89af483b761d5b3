using System.Globalization;
using System.Text.Json;

namespace Dossier.Durability.Tests;

/// <summary>A run that is created, gets single metrics, params and tags, and batches of all three.</summary>
internal sealed class RunStory(string experiment, string name) : Story
{
    private const int Rounds = 4;
    private const int BatchMetrics = 60;
    private const int BatchParams = 30;
    private const int BatchTags = 10;
    private const long Time = 1_795_000_000_000;

    /// <inheritdoc/>
    public override async Task WriteAsync(HttpClient client)
    {
        var tags = Enumerable.Range(0, 5).Select(i => new { key = $"created_{i}", value = name }).ToList();
        var created = await DoAsync("its creation", [.. tags.Select(tag => $"tag {tag.key}={name}")], () =>
            client.WriteAsync("runs/create", new { experiment_id = experiment, run_name = name, start_time = Time, tags }));
        var run_id = created.GetProperty("run").GetProperty("info").Text("run_id");
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                var step = (round * 5) + i;
                await DoAsync($"metric loss at step {step}", [$"loss at {step}"], () =>
                    client.WriteAsync("runs/log-metric", new { run_id, key = "loss", value = 1.0 / (step + 1), timestamp = Time + step, step }));
            }

            var key = $"single_{round}";
            await DoAsync($"param {key}", [$"param {key}={name}"], () => client.WriteAsync("runs/log-parameter", new { run_id, key, value = name }));
            await DoAsync($"tag {key}", [$"tag {key}={name}"], () => client.WriteAsync("runs/set-tag", new { run_id, key, value = name }));
            await BatchAsync(client, run_id, round);
        }
    }

    /// <inheritdoc/>
    public override async Task CheckAsync(HttpClient client)
    {
        var found = await client.WriteAsync("runs/search", new { experiment_ids = new[] { experiment }, filter = $"attributes.run_name = '{name}'", max_results = 10 });
        var runs = found.Items("runs").ToList();
        Assert.True(runs.Count <= 1, $"{this} is there {runs.Count} times.");
        if (runs.Count == 0)
        {
            CompareAbsent();
            return;
        }

        var run = runs[0].GetProperty("info").Text("run_id");
        var data = runs[0].GetProperty("data");
        var points = await PointsAsync(client, run);
        Compare(
        [
            .. data.Items("tags").Where(tag => !tag.Text("key").StartsWith("mlflow.", StringComparison.Ordinal)).Select(tag => $"tag {tag.Text("key")}={tag.Text("value")}"),
            .. data.Items("params").Select(param => $"param {param.Text("key")}={param.Text("value")}"),
            .. data.Items("metrics").Where(metric => metric.Text("key") != "loss").Select(metric => $"metric {metric.Text("key")}={Number(metric.GetProperty("value"))}"),
            .. points.Select(step => $"loss at {step}"),
        ]);

        // The latest value and the history are kept apart, and written together.
        var latest = data.Items("metrics").Where(metric => metric.Text("key") == "loss").Select(metric => metric.GetProperty("step").GetInt32());
        Assert.Equal(points.Count == 0 ? [] : [points.Max()], latest);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Run {name}";

    private static async Task<List<int>> PointsAsync(HttpClient client, string run)
    {
        var history = await client.ReadAsync("metrics/get-history", ("run_id", run), ("metric_key", "loss"));
        return history is null ? [] : [.. history.Value.Items("metrics").Select(point => point.GetProperty("step").GetInt32())];
    }

    private static string Number(JsonElement value) => value.GetDouble().ToString(CultureInfo.InvariantCulture);

    private Task<JsonElement> BatchAsync(HttpClient client, string run_id, int round)
    {
        var metrics = Enumerable.Range(0, BatchMetrics).Select(i => new { key = $"batch_{round}_{i}", value = round + (i / 64.0), timestamp = Time, step = 0 }).ToList();
        var @params = Enumerable.Range(0, BatchParams).Select(i => new { key = $"batch_{round}_{i}", value = name }).ToList();
        var tags = Enumerable.Range(0, BatchTags).Select(i => new { key = $"batch_{round}_{i}", value = name }).ToList();
        string[] keys =
        [
            .. metrics.Select(metric => $"metric {metric.key}={metric.value.ToString(CultureInfo.InvariantCulture)}"),
            .. @params.Select(param => $"param {param.key}={name}"),
            .. tags.Select(tag => $"tag {tag.key}={name}"),
        ];
        return DoAsync($"batch {round}", keys, () => client.WriteAsync("runs/log-batch", new { run_id, metrics, @params, tags }));
    }
}
