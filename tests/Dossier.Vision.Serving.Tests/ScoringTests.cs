using System.Net.Http.Json;
using System.Text;
using Dossier.Vision.Inference;

namespace Dossier.Vision.Serving.Tests;

public sealed class ScoringTests
{
    [Fact]
    public async Task Every_form_of_input_gets_the_answer_of_the_model_itself()
    {
        await using var test = await TestServer.StartAsync();
        var expected = Expected(test, 1, 2);
        var (one, two) = (Pictures.Base64(1), Pictures.Base64(2));
        Same(expected, await test.PostAsync(new { dataframe_records = new object[] { new { data = one }, new { data = two } } }).PredictionsAsync());
        Same(expected, await test.PostAsync(new { dataframe_split = new { columns = new[] { "data" }, data = new[] { new[] { one }, [two] } } }).PredictionsAsync());
        Same(expected, await test.PostAsync(new { inputs = new[] { one, two } }).PredictionsAsync());
        Same(expected, await test.PostAsync(new { instances = new[] { "data:image/png;base64," + one, two }, @params = new { } }).PredictionsAsync());
        Same(expected, await test.PostAsync(Encoding.UTF8.GetBytes($",data\n0,{one}\n1,\"{two}\"\n"), "text/csv; charset=utf-8").PredictionsAsync());
        Same(expected[1..], await test.PostAsync(Pictures.Png(2), "image/png").PredictionsAsync());
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Pictures.Png(1)), "file", "a.png" }, { new ByteArrayContent(Pictures.Png(2)), "other", "b ü.png" } };
        Same(expected, await test.PostAsync(form).PredictionsAsync());
        Assert.Empty(await test.PostAsync(new { inputs = Array.Empty<string>() }).PredictionsAsync());
    }

    [Fact]
    public async Task A_JPEG_is_taken_as_it_is()
    {
        await using var test = await TestServer.StartAsync();
        using var classifier = PictureClassifier.Open(test.Path("tiny"));
        var expected = classifier.Classify([Vision.Pictures.PictureDecoder.Decode(Pictures.Jpeg(3))]);
        Same([.. expected.Select(one => (one.Label, one.Score))], await test.PostAsync(Pictures.Jpeg(3), "image/jpeg").PredictionsAsync());
    }

    [Fact]
    public async Task The_answer_has_the_shape_that_clients_of_the_protocol_know()
    {
        await using var test = await TestServer.StartAsync();
        using var response = await test.AskAsync(1);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Matches("""^\{"predictions":\[\{"label":"(normal|damaged)","score":0\.\d+\}\]\}$""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(response.Headers.GetValues("Dossier-Request-Id")));
    }

    [Fact]
    public async Task Many_pictures_are_split_into_batches_and_answered_in_their_order_as_alone()
    {
        await using var test = await TestServer.StartAsync(options => options with { MaxBatch = 8 });
        var numbers = Enumerable.Range(0, 45).ToArray();
        Same(Expected(test, numbers), await test.AskAsync(numbers).PredictionsAsync());
        Assert.Equal(45, test.Batches.Sum());
        Assert.InRange(test.Batches.Max(), 2, 8);
    }

    [Fact]
    public async Task Pictures_of_different_requests_share_a_run_of_the_model()
    {
        await using var test = await TestServer.StartAsync(options => options with { MaxBatch = 8, BatchDelay = TimeSpan.FromSeconds(10) });
        test.Hold();
        var first = test.AskAsync(0);
        await test.HeldAsync();
        var others = Enumerable.Range(1, 5).Select(number => test.AskAsync(number).PredictionsAsync()).ToArray();
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 6);
        test.LetGo();
        Same(Expected(test, 0), await first.PredictionsAsync());
        for (var i = 0; i < others.Length; i++)
        {
            Same(Expected(test, i + 1), await others[i]);
        }

        Assert.Equal([1, 5], test.Batches);
    }

    [Fact]
    public async Task Without_batching_each_run_has_one_picture()
    {
        await using var test = await TestServer.StartAsync(options => options with { MaxBatch = 1 });
        Same(Expected(test, 1, 2, 3), await test.AskAsync(1, 2, 3).PredictionsAsync());
        Assert.Equal([1, 1, 1], test.Batches);
    }

    [Fact]
    public async Task Databricks_names_of_the_route_lead_to_the_model_of_that_name()
    {
        await using var test = await TestServer.StartAsync();
        var request = new { inputs = new[] { Pictures.Base64(1) } };
        foreach (var route in (string[])["serving-endpoints", "realtime-inference"])
        {
            Same(Expected(test, 1), await test.Http.PostAsJsonAsync($"/{route}/tiny/invocations", request, TestContext.Current.CancellationToken).PredictionsAsync());
        }

        var (status, code, message) = await test.Http.PostAsJsonAsync("/serving-endpoints/huge/invocations", request, TestContext.Current.CancellationToken).ErrorAsync();
        Assert.Equal((404, "RESOURCE_DOES_NOT_EXIST", "Endpoint 'huge' not found: this server serves 'tiny'."), (status, code, message));
    }

    [Fact]
    public async Task It_says_that_it_lives_what_it_serves_and_what_it_counted()
    {
        await using var test = await TestServer.StartAsync();
        Assert.Equal("\n", await test.Http.GetStringAsync("/ping", TestContext.Current.CancellationToken));
        Assert.Matches(@"^\d+\.\d+\.\d+$", await test.Http.GetStringAsync("/version", TestContext.Current.CancellationToken));
        var health = await test.HealthAsync();
        Assert.Equal(("ok", "tiny"), (health.GetProperty("status").GetString(), health.GetProperty("model").GetProperty("name").GetString()));

        await test.AskAsync(1, 2).PredictionsAsync();
        await test.AskAsync(3).PredictionsAsync();
        await test.PostAsync("{"u8.ToArray(), "application/json").ErrorAsync();
        Assert.Equal(2, await test.MetricAsync("dossier_scoring_requests_total{status=\"200\"}"));
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_requests_total{status=\"400\"}"));
        Assert.Equal(3, await test.MetricAsync("dossier_scoring_request_duration_seconds_count"));
        Assert.Equal(3, await test.MetricAsync("dossier_scoring_batch_size_sum"));
        Assert.Equal(0, await test.MetricAsync("dossier_scoring_queue_depth"));
        Assert.Equal(1, await test.MetricAsync("dossier_scoring_model_info{name=\"tiny\",version=\"\"}"));
    }

    private static List<(string Label, double Score)> Expected(TestServer test, params int[] numbers)
    {
        using var classifier = PictureClassifier.Open(test.Path("tiny"));
        return [.. numbers.Select(number => classifier.Classify([Pictures.Raster(number)])[0]).Select(one => (one.Label, one.Score))];
    }

    private static void Same(IReadOnlyList<(string Label, double Score)> expected, IReadOnlyList<(string Label, double Score)> actual)
    {
        Assert.Equal(expected.Select(one => one.Label), actual.Select(one => one.Label));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-5));
    }
}
