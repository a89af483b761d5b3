using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Dossier.Vision.Serving.Tests;

public sealed class RefusalTests
{
    private const string Token = "0123456789abcdef0123";

    [Fact]
    public async Task A_picture_that_is_none_is_named_with_its_row_and_the_others_of_the_run_are_answered()
    {
        await using var test = await TestServer.StartAsync(options => options with { BatchDelay = TimeSpan.FromSeconds(10) });
        test.Hold();
        var good = test.AskAsync(1);
        await test.HeldAsync();
        var text = Convert.ToBase64String("no picture at all"u8);
        var bad = test.PostAsync(new { dataframe_records = new object[] { new { data = Pictures.Base64(2) }, new { data = text } } });
        var broken = test.PostAsync(new { inputs = new[] { "####" } });
        test.LetGo();
        Assert.Single(await good.PredictionsAsync());
        var (status, code, message) = await bad.ErrorAsync();
        Assert.Equal((400, "BAD_REQUEST"), (status, code));
        Assert.StartsWith("dataframe_records[1].data cannot be decoded: ", message, StringComparison.Ordinal);
        Assert.StartsWith("inputs[0] cannot be decoded: not valid Base64", (await broken.ErrorAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(0, await test.MetricAsync("dossier_scoring_queue_depth"));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_named_as_the_form_has_it()
    {
        await using var test = await TestServer.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Pictures.Png(1)), "f", "a.png" }, { new ByteArrayContent([1, 2, 3]), "f", "b.png" } };
        var (status, _, message) = await test.PostAsync(form).ErrorAsync();
        Assert.Equal(400, status);
        Assert.StartsWith("file 2 ('b.png') cannot be decoded: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_is_refused_by_its_header()
    {
        await using var test = await TestServer.StartAsync();
        var png = Pictures.Png(1);
        (png[18], png[22]) = (0xc3, 0xc3); // 50,000 pixels and more each way, in the header's big-endian numbers
        var (status, _, message) = await test.PostAsync(png, "image/png").ErrorAsync();
        Assert.Equal(400, status);
        Assert.StartsWith("body cannot be decoded: ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain", 415, "Content-Type 'text/plain' is not supported: send application/json")]
    [InlineData("application/x-www-form-urlencoded", 415, "is not supported: send application/json")]
    [InlineData("application/json; charset=latin1", 415, "Charset 'latin1' is not supported")]
    [InlineData("multipart/form-data", 400, "no boundary")]
    [InlineData("multipart/form-data; boundary=b", 400, "malformed or cut off")]
    [InlineData("text/csv", 400, "no column 'data'")]
    [InlineData("application/json", 400, "not valid JSON")]
    [InlineData("image/png", 400, "body cannot be decoded")]
    public async Task A_body_of_another_kind_is_refused_with_the_kinds_that_are_taken(string contentType, int status, string message)
    {
        await using var test = await TestServer.StartAsync();
        var error = await test.PostAsync("nonsense"u8.ToArray(), contentType).ErrorAsync();
        Assert.Equal(status, error.Status);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_without_files_are_refused()
    {
        await using var test = await TestServer.StartAsync();
        using var fields = new MultipartFormDataContent { { new StringContent("AQID"), "data" } };
        Assert.Contains("Part 1 ('data') is not a file", (await test.PostAsync(fields).ErrorAsync()).Message, StringComparison.Ordinal);
        Assert.Contains("has no file", (await test.PostAsync("--b--\r\n"u8.ToArray(), "multipart/form-data; boundary=b").ErrorAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_body_and_too_many_pictures_are_refused_with_413()
    {
        await using var test = await TestServer.StartAsync(options => options with { MaxBodyBytes = 20_000, QueueCapacity = 3 });
        var (status, _, message) = await test.PostAsync(new byte[20_001], "image/png").ErrorAsync();
        Assert.Equal((413, "The request body is too large: at most 20000 bytes are accepted. Send fewer pictures at a time."), (status, message));

        // Without a length beforehand.
        using var chunked = new StreamContent(new MemoryStream(new byte[20_001])) { Headers = { ContentType = new("image/png") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invocations") { Content = chunked, Headers = { TransferEncodingChunked = true } };
        Assert.Equal(413, (await test.Http.SendAsync(request, TestContext.Current.CancellationToken).ErrorAsync()).Status);
        (status, _, message) = await test.AskAsync(1, 2, 3, 4).ErrorAsync();
        Assert.Equal((413, "The request has too many pictures: at most 3 are accepted at a time."), (status, message));
        Assert.Equal(3, (await test.AskAsync(1, 2, 3).PredictionsAsync()).Count);
    }

    [Fact]
    public async Task A_full_queue_is_told_with_429_and_when_to_come_back()
    {
        await using var test = await TestServer.StartAsync(options => options with { QueueCapacity = 4, MaxBatch = 1 });
        test.Hold();
        var first = test.AskAsync(0);
        await test.HeldAsync();
        var second = test.AskAsync(1, 2);
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 3);
        using (var refused = await test.AskAsync(3, 4))
        {
            Assert.Equal(429, (int)refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
            Assert.Equal("REQUEST_LIMIT_EXCEEDED", (await Task.FromResult(refused).ErrorAsync()).Code);
        }

        var third = test.AskAsync(3);
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 4);
        Assert.Equal(429, (await test.AskAsync(5).ErrorAsync()).Status);
        test.LetGo();
        Assert.Equal([1, 2, 1], (await Task.WhenAll(first.PredictionsAsync(), second.PredictionsAsync(), third.PredictionsAsync())).Select(answers => answers.Count));
        Assert.Equal(2, await test.MetricAsync("dossier_scoring_requests_total{status=\"429\"}"));
    }

    [Fact]
    public async Task Nobody_works_for_a_client_that_left()
    {
        await using var test = await TestServer.StartAsync(options => options with { MaxBatch = 1 });
        test.Hold();
        var first = test.AskAsync(0);
        await test.HeldAsync();
        using var leave = new CancellationTokenSource();
        var left = test.Http.PostAsJsonAsync("/invocations", new { inputs = new[] { Pictures.Base64(1), Pictures.Base64(2) } }, leave.Token);
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 3);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        await test.MetricReachesAsync("dossier_scoring_clients_left_total", 1);
        test.LetGo();
        await first.PredictionsAsync();
        await test.MetricReachesAsync("dossier_scoring_pictures_dropped_total", 2);
        await test.MetricReachesAsync("dossier_scoring_queue_depth", 0);
        Assert.Equal([1], test.Batches);
    }

    [Fact]
    public async Task What_was_accepted_is_answered_before_the_server_stops()
    {
        await using var test = await TestServer.StartAsync();
        test.Hold();
        var asked = test.AskAsync(1);
        await test.HeldAsync();
        var stopping = test.Server.DisposeAsync();
        test.LetGo();
        Assert.Single(await asked.PredictionsAsync());
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => test.AskAsync(1));
    }

    [Fact]
    public async Task A_path_or_method_that_is_none_is_told()
    {
        await using var test = await TestServer.StartAsync();
        Assert.Equal((404, "ENDPOINT_NOT_FOUND"), Code(await test.Http.GetAsync("/predict", TestContext.Current.CancellationToken).ErrorAsync()));
        Assert.Equal((405, "ENDPOINT_NOT_FOUND"), Code(await test.Http.GetAsync("/invocations", TestContext.Current.CancellationToken).ErrorAsync()));
    }

    [Fact]
    public async Task With_a_token_only_who_sends_it_may_score_and_look()
    {
        await using var test = await TestServer.StartAsync(options => options with { Token = Token });
        Assert.Equal((401, "UNAUTHENTICATED"), Code(await test.AskAsync(1).ErrorAsync()));
        Assert.Equal((401, "UNAUTHENTICATED"), Code(await test.Http.GetAsync("/metrics", TestContext.Current.CancellationToken).ErrorAsync()));
        Assert.Equal("\n", await test.Http.GetStringAsync("/ping", TestContext.Current.CancellationToken));
        test.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "4");
        Assert.Equal(401, (await test.AskAsync(1).ErrorAsync()).Status);
        test.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Single(await test.AskAsync(1).PredictionsAsync());
    }

    [Theory]
    [InlineData("Host", "attacker.example")]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "null")]
    public async Task A_page_of_another_site_can_not_ask_through_its_visitors_browser(string header, string value)
    {
        await using var test = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invocations") { Content = new ByteArrayContent(Pictures.Png(1)) { Headers = { ContentType = new("image/png") } } };
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal((403, "PERMISSION_DENIED"), Code(await test.Http.SendAsync(request, TestContext.Current.CancellationToken).ErrorAsync()));

        using var own = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { { "Origin", test.Server.Url.GetLeftPart(UriPartial.Authority) } } };
        using var answer = await test.Http.SendAsync(own, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_the_options_is_said_before_anything_is_loaded()
    {
        var error = await Assert.ThrowsAsync<VisionException>(() => ScoringServer.StartAsync(
            new() { ModelUri = "x", Host = "0.0.0.0", MaxBatch = 0, Token = null }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("--token-file", error.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-anonymous", error.Message, StringComparison.Ordinal);
        Assert.Contains("batch 0 is out of range", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no/such/folder", "'no/such/folder' is neither a folder nor a model URI")]
    [InlineData("models:/pcb", "it has no version")]
    [InlineData("models:/pcb@champion", "use --tracking-uri or set MLFLOW_TRACKING_URI")]
    [InlineData("data:x.json", "A data document has no model files")]
    [InlineData("/", "MLmodel")]
    public async Task A_model_that_is_none_is_told_before_the_server_listens(string uri, string message)
    {
        var error = await Assert.ThrowsAsync<VisionException>(() => ScoringServer.StartAsync(new() { ModelUri = uri, Port = 0 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static (int, string) Code((int Status, string Code, string Message) error) => (error.Status, error.Code);
}
