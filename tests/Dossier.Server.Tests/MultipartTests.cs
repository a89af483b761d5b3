using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

public sealed class MultipartTests
{
    private const string Mpu = "/api/2.0/mlflow-artifacts/mpu";

    [Fact]
    public async Task Parts_put_in_any_order_are_joined_to_the_file_named_by_the_local_path()
    {
        await using var server = await RunningServer.StartAsync();
        var upload = await CreateAsync(server, 3);
        var urls = upload.GetProperty("credentials").EnumerateArray().Select(part => part.GetProperty("url").GetString()!).ToList();
        var etags = new string[3];
        foreach (var part in new[] { 2, 0, 1 })
        {
            etags[part] = await PutPartAsync(server, urls[part], $"part{part};");
        }

        var complete = await server.SendAsync(HttpMethod.Post, $"{Mpu}/complete/1/r/artifacts", Complete(upload, etags));
        Assert.Equal((HttpStatusCode.OK, "{}"), (complete.Status, complete.Body));
        var file = await server.SendAsync(HttpMethod.Get, "/api/2.0/mlflow-artifacts/artifacts/1/r/artifacts/big.bin");
        Assert.Equal("part0;part1;part2;", file.Body);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.ArtifactRoot, ".dossier-staging")));
    }

    [Fact]
    public async Task A_part_sent_twice_counts_as_its_etag_says()
    {
        await using var server = await RunningServer.StartAsync();
        var upload = await CreateAsync(server, 1);
        var url = upload.GetProperty("credentials")[0].GetProperty("url").GetString()!;
        var first = await PutPartAsync(server, url, "first");
        _ = await PutPartAsync(server, url, "second");
        await server.SendAsync(HttpMethod.Post, $"{Mpu}/complete/1/r/artifacts", Complete(upload, first));
        Assert.Equal("first", (await server.SendAsync(HttpMethod.Get, "/api/2.0/mlflow-artifacts/artifacts/1/r/artifacts/big.bin")).Body);
    }

    [Fact]
    public async Task A_missing_part_or_a_wrong_etag_is_refused_and_nothing_is_written()
    {
        await using var server = await RunningServer.StartAsync();
        var upload = await CreateAsync(server, 2);
        var etag = await PutPartAsync(server, upload.GetProperty("credentials")[1].GetProperty("url").GetString()!, "second");
        foreach (var etags in new[] { ["", etag], new[] { etag, etag }, [], ["../../x", etag] })
        {
            var answer = await server.SendAsync(HttpMethod.Post, $"{Mpu}/complete/1/r/artifacts", Complete(upload, etags));
            Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
            Assert.Contains("parts", answer.Message, StringComparison.Ordinal);
        }

        Assert.Equal("{}", (await server.SendAsync(HttpMethod.Get, "/api/2.0/mlflow-artifacts/artifacts?path=1")).Body);
    }

    [Fact]
    public async Task An_aborted_upload_is_gone_and_aborting_again_is_harmless()
    {
        await using var server = await RunningServer.StartAsync();
        var upload = await CreateAsync(server, 1);
        var url = upload.GetProperty("credentials")[0].GetProperty("url").GetString()!;
        var etag = await PutPartAsync(server, url, "x");
        var abort = JsonSerializer.Serialize(new { path = "/tmp/big.bin", upload_id = upload.GetProperty("upload_id").GetString() });
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Post, $"{Mpu}/abort/1/r/artifacts", abort)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Post, $"{Mpu}/abort/1/r/artifacts", abort)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Put, url, "x")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Post, $"{Mpu}/complete/1/r/artifacts", Complete(upload, etag))).Status);
    }

    [Fact]
    public async Task An_upload_is_completed_only_at_the_path_it_was_started_for()
    {
        await using var server = await RunningServer.StartAsync();
        var upload = await CreateAsync(server, 1);
        var etag = await PutPartAsync(server, upload.GetProperty("credentials")[0].GetProperty("url").GetString()!, "x");
        Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync(HttpMethod.Post, $"{Mpu}/complete/2/r/artifacts", Complete(upload, etag))).Status);
    }

    [Theory]
    [InlineData("""{"path": "/tmp/x", "num_parts": 0}""", "num_parts")]
    [InlineData("""{"path": "/tmp/x", "num_parts": 10001}""", "num_parts")]
    [InlineData("""{"path": "/tmp/x"}""", "num_parts")]
    [InlineData("""{"num_parts": 1}""", "path")]
    [InlineData("""{"path": "/tmp/", "num_parts": 1}""", "path")]
    [InlineData("""{"path": "/tmp/..", "num_parts": 1}""", "path")]
    public async Task A_bad_start_names_the_field(string body, string field)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.SendAsync(HttpMethod.Post, $"{Mpu}/create/1/r/artifacts", body);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains(field, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000/1", 404)]
    [InlineData("target/1", 404)]
    [InlineData("..%2F..%2Fx/1", 404)]
    [InlineData("00000000000000000000000000000000/x", 400)]
    public async Task A_part_of_no_upload_is_refused(string part, int status)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(status, (int)(await server.SendAsync(HttpMethod.Put, $"{Mpu}/parts/{part}", "x")).Status);
    }

    private static async Task<JsonElement> CreateAsync(RunningServer server, int parts)
    {
        var body = JsonSerializer.Serialize(new { path = "/tmp/some where/big.bin", num_parts = parts });
        return (await server.SendAsync(HttpMethod.Post, $"{Mpu}/create/1/r/artifacts", body)).Json;
    }

    private static async Task<string> PutPartAsync(RunningServer server, string url, string text)
    {
        using var content = new StringContent(text);
        using var response = await server.Http.PutAsync(url, content, TestContext.Current.CancellationToken);
        return response.Headers.ETag!.Tag;
    }

    private static string Complete(JsonElement upload, params string[] etags) => JsonSerializer.Serialize(new
    {
        path = "/tmp/some where/big.bin",
        upload_id = upload.GetProperty("upload_id").GetString(),
        parts = etags.Select((etag, index) => new { part_number = index + 1, etag }),
    });
}
