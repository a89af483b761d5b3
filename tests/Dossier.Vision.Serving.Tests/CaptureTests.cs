using System.Globalization;
using System.Security.Cryptography;
using Parquet.Serialization;

namespace Dossier.Vision.Serving.Tests;

public sealed class CaptureTests
{
    [Fact]
    public async Task Requests_and_their_answers_are_read_back_from_Parquet()
    {
        var test = await TestServer.StartAsync(options => options with { Capture = new() { Folder = options.ModelUri + "-captured", Pictures = true } });
        List<Row> rows;
        await using (test)
        {
            var answers = await test.AskAsync(1, 2).PredictionsAsync();
            await test.PostAsync(new { inputs = new[] { Pictures.Base64(3), "AQID" } }).ErrorAsync();
            await test.PostAsync("{"u8.ToArray(), "application/json").ErrorAsync();
            await test.Server.DisposeAsync();
            rows = await ReadAsync(test.Path("tiny-captured"));

            var good = rows.Where(row => row.Status == 200).ToList();
            Assert.Equal([0, 1], good.Select(row => row.Place));
            Assert.Equal(answers, good.Select(row => (row.Label!, row.Score!.Value)));
        }

        Assert.Equal(5, rows.Count);
        Assert.All(rows.Take(2), row => Assert.Equal(Pictures.Png(row.Place!.Value + 1), row.Picture));
        Assert.All(rows.Where(row => row.Picture is not null), row => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(row.Picture!)), row.Sha256));
        Assert.Equal([2, 2, 1], rows.CountBy(row => row.RequestId).Select(pair => pair.Value));
        Assert.All(rows, row => Assert.Equal(("tiny", null, true), (row.Model, row.Version, row.Latency > 0)));

        // Of a request that failed nothing was answered, and its message is kept.
        Assert.All(rows.Skip(2), row => Assert.Equal((400, null, null), (row.Status, row.Label, row.Score)));
        Assert.Contains("inputs[1]", rows[2].Error, StringComparison.Ordinal);
        Assert.Null(rows[4].Place);
    }

    [Fact]
    public async Task Without_pictures_their_hashes_are_kept_alone()
    {
        await using var test = await TestServer.StartAsync(options => options with { Capture = new() { Folder = options.ModelUri + "-captured" } });
        await test.AskAsync(1).PredictionsAsync();
        await test.Server.DisposeAsync();
        var row = Assert.Single(await ReadAsync(test.Path("tiny-captured")));
        Assert.Equal((null, Convert.ToHexStringLower(SHA256.HashData(Pictures.Png(1)))), (row.Picture, row.Sha256));
    }

    [Fact]
    public async Task Files_roll_by_rows_and_are_whole_or_not_there()
    {
        await using var test = await TestServer.StartAsync(options => options with { Capture = new() { Folder = options.ModelUri + "-captured", MaxRows = 3 } });
        await test.AskAsync([.. Enumerable.Range(0, 8)]).PredictionsAsync();
        await test.MetricReachesAsync("dossier_scoring_captured_rows_total", 6);
        Assert.Equal(2, Directory.GetFiles(test.Path("tiny-captured"), "*.parquet").Length);
        await test.Server.DisposeAsync();
        Assert.Equal(3, Directory.GetFiles(test.Path("tiny-captured")).Length);
        Assert.Equal(Enumerable.Range(0, 8), (await ReadAsync(test.Path("tiny-captured"))).Select(row => row.Place!.Value).Order());
    }

    [Fact]
    public async Task A_file_is_ended_when_it_is_old_enough()
    {
        await using var test = await TestServer.StartAsync(
            options => options with { Capture = new() { Folder = options.ModelUri + "-captured", MaxAge = TimeSpan.FromMilliseconds(1) } });
        await test.AskAsync(1).PredictionsAsync();
        await test.MetricReachesAsync("dossier_scoring_captured_rows_total", 1);
        Assert.Single(await ReadAsync(test.Path("tiny-captured")));
    }

    [Fact]
    public async Task What_can_not_be_written_is_dropped_and_counted_and_answers_go_on()
    {
        await using var test = await TestServer.StartAsync(
            options => options with { Capture = new() { Folder = options.ModelUri + "-captured", MaxRows = 1 } });
        Directory.Delete(test.Path("tiny-captured"));
        await test.AskAsync(1, 2).PredictionsAsync();
        await test.MetricReachesAsync("dossier_scoring_capture_dropped_rows_total", 2);

        Directory.CreateDirectory(test.Path("tiny-captured"));
        await test.AskAsync(3).PredictionsAsync();
        await test.MetricReachesAsync("dossier_scoring_captured_rows_total", 1);
    }

    [Fact]
    public async Task Pictures_for_which_memory_has_no_room_are_dropped_and_counted()
    {
        await using var test = await TestServer.StartAsync(
            options => options with { Capture = new() { Folder = options.ModelUri + "-captured", Pictures = true, MaxBytes = 10 } });
        await test.AskAsync(1, 2, 3).PredictionsAsync();
        Assert.Equal(3, await test.MetricAsync("dossier_scoring_capture_dropped_rows_total"));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_to_is_told_at_the_start()
    {
        var error = await Assert.ThrowsAsync<VisionException>(() => TestServer.StartAsync(options => options with { Capture = new() { Folder = "/proc/captured" } }));
        Assert.StartsWith("Cannot capture requests in '/proc/captured': ", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<Row>> ReadAsync(string folder)
    {
        var rows = new List<Row>();
        foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(file);
            var read = await ParquetSerializer.DeserializeUntypedAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
            rows.AddRange(read.Data.Select(Row.Of));
        }

        return rows;
    }

    private sealed record Row(
        string RequestId, string Model, string? Version, int Status, double Latency, int? Place, string? Sha256, byte[]? Picture, string? Label, double? Score, string? Error)
    {
        public static Row Of(Dictionary<string, object> row) => new(
            (string)row["request_id"],
            (string)row["model_name"],
            (string?)row.GetValueOrDefault("model_version"),
            Convert.ToInt32(row["status"], CultureInfo.InvariantCulture),
            (double)row["latency_ms"],
            (int?)row.GetValueOrDefault("row"),
            (string?)row.GetValueOrDefault("picture_sha256"),
            (byte[]?)row.GetValueOrDefault("picture"),
            (string?)row.GetValueOrDefault("label"),
            (double?)row.GetValueOrDefault("score"),
            (string?)row.GetValueOrDefault("error"));
    }
}
