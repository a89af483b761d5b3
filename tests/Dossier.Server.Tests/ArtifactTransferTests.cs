using System.Net;
using System.Net.Http.Headers;
using Dossier.Server.Http;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

public sealed class ArtifactTransferTests
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";

    [Fact]
    public async Task What_was_uploaded_is_downloaded_byte_for_byte_also_beyond_the_bound_of_json_bodies()
    {
        await using var server = await RunningServer.StartAsync();
        var bytes = new byte[RequestReader.MaxBodyBytes + 1_000_001];
        new Random(7).NextBytes(bytes);
        using var content = new ByteArrayContent(bytes);
        using var put = await server.Http.PutAsync($"{Files}/1/r/artifacts/big.bin", content, TestContext.Current.CancellationToken);
        Assert.Equal("{}", await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(bytes, await server.Http.GetByteArrayAsync($"{Files}/1/r/artifacts/big.bin", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_second_upload_takes_the_place_of_the_first()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/f.txt", "first, longer");
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/f.txt", "second");
        Assert.Equal("second", (await server.SendAsync(HttpMethod.Get, $"{Files}/1/f.txt")).Body);
    }

    [Fact]
    public async Task A_download_comes_as_an_attachment_that_no_browser_sniffs()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/%C3%A4%22x.html", "<script>");
        using var response = await server.Http.GetAsync($"{Files}/1/%C3%A4%22x.html", TestContext.Current.CancellationToken);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("ä\"x.html", response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-99", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-99", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("lines=0-1", 200, "0123456789", null)]
    [InlineData("bytes=x", 200, "0123456789", null)]
    public async Task A_range_is_answered_as_the_http_standard_says(string range, int status, string body, string? contentRange)
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/digits", "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/1/digits");
        request.Headers.TryAddWithoutValidation("Range", range);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(contentRange, response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task A_range_of_a_file_that_changed_meanwhile_is_answered_with_the_whole()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/digits", "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/1/digits");
        request.Headers.Range = new RangeHeaderValue(0, 3);
        request.Headers.IfRange = new RangeConditionHeaderValue(DateTimeOffset.UnixEpoch);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_download_goes_on_where_it_broke_off_while_the_file_is_the_same()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/digits", "0123456789");
        using var first = await server.Http.GetAsync($"{Files}/1/digits", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PartialContent, "789"), await RestAsync());
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/digits", "abcdefghij");
        Assert.Equal((HttpStatusCode.OK, "abcdefghij"), await RestAsync());

        async Task<(HttpStatusCode, string)> RestAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Files}/1/digits");
            request.Headers.Range = new RangeHeaderValue(7, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(first.Headers.ETag!);
            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_large_folder_is_listed_whole_unless_the_client_asks_for_pages()
    {
        await using var server = await RunningServer.StartAsync();
        var run = await server.CreateRunAsync();
        var folder = Directory.CreateDirectory(Path.Combine(server.ArtifactRoot, "0", run, "artifacts", "many")).FullName;
        foreach (var i in Enumerable.Range(0, 1001))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{i:0000}"), "", TestContext.Current.CancellationToken);
        }

        var list = $"artifacts/list?run_id={run}&path=many";
        var whole = (await server.GetAsync(list)).Json;
        Assert.Equal((1001, false), (whole.GetProperty("files").GetArrayLength(), whole.TryGetProperty("next_page_token", out _)));
        var first = (await server.GetAsync($"{list}&page_token=")).Json;
        Assert.Equal(1000, first.GetProperty("files").GetArrayLength());
        var last = (await server.GetAsync($"{list}&page_token={Uri.EscapeDataString(first.GetProperty("next_page_token").GetString()!)}")).Json;
        Assert.Equal("many/1000", Assert.Single(last.GetProperty("files").EnumerateArray()).GetProperty("path").GetString());
        Assert.False(last.TryGetProperty("next_page_token", out _));
    }

    [Fact]
    public async Task Head_tells_the_size_and_sends_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/digits", "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{Files}/1/digits");
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, 10L), (response.StatusCode, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/f.txt", "old");
        await RawHttp.SendAsync(server.Server.Url, "PUT", $"{Files}/1/f.txt", "half"u8.ToArray(), missing: 4, breakOff: true);
        await server.Server.DisposeAsync();
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(server.ArtifactRoot, "1", "f.txt"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.ArtifactRoot, ".dossier-staging")));
    }

    [Fact]
    public async Task A_folder_lists_its_children_by_path_with_sizes_of_files_only()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/b.txt", "12345");
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/a/deep/file", "1");
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/B.txt", "");
        var listing = await server.SendAsync(HttpMethod.Get, $"{Files}?path=1");
        Assert.Equal(
            """{"files":[{"path":"B.txt","is_dir":false,"file_size":0},{"path":"a","is_dir":true},{"path":"b.txt","is_dir":false,"file_size":5}]}""",
            listing.Body);
        Assert.Equal("{}", (await server.SendAsync(HttpMethod.Get, $"{Files}?path=nothing")).Body);
        Assert.DoesNotContain("staging", (await server.SendAsync(HttpMethod.Get, Files)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_a_folder_deletes_all_below_and_a_missing_one_is_not_found()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/1/a/b/c", "x");
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, $"{Files}/1/a")).Status);
        var missing = await server.SendAsync(HttpMethod.Get, $"{Files}/1/a/b/c");
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (missing.Status, missing.ErrorCode));
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Delete, $"{Files}/1/a")).Status);
    }

    [Fact]
    public async Task The_files_of_a_run_are_listed_and_sent_by_its_id()
    {
        await using var server = await RunningServer.StartAsync();
        var run = await server.CreateRunAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/0/{run}/artifacts/model/MLmodel", "flavors: {}");
        var root = await server.GetAsync($"artifacts/list?run_id={run}");
        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts", root.Json.GetProperty("root_uri").GetString());
        var model = await server.GetAsync($"artifacts/list?run_uuid={run}&path=model");
        Assert.Equal("model/MLmodel", model.Json.GetProperty("files")[0].GetProperty("path").GetString());
        foreach (var url in new[] { "/get-artifact", "/ajax-api/2.0/mlflow/get-artifact" })
        {
            Assert.Equal("flavors: {}", (await server.SendAsync(HttpMethod.Get, $"{url}?run_uuid={run}&path=model%2FMLmodel")).Body);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync($"artifacts/list?run_id={run}&path=..")).Status);
    }

    [Fact]
    public async Task The_files_of_a_model_version_are_sent_by_its_name_and_number()
    {
        await using var server = await RunningServer.StartAsync();
        var run = await server.CreateRunAsync();
        await server.SendAsync(HttpMethod.Put, $"{Files}/0/{run}/artifacts/model/MLmodel", "flavors: {}");
        await server.PostAsync("registered-models/create", """{"name": "m"}""");
        await server.PostAsync("model-versions/create", $$"""{"name": "m", "source": "runs:/{{run}}/model", "run_id": "{{run}}"}""");
        var file = await server.SendAsync(HttpMethod.Get, "/model-versions/get-artifact?name=m&version=1&path=MLmodel");
        Assert.Equal("flavors: {}", file.Body);
    }
}
