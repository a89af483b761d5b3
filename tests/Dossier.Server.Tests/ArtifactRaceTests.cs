using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

/// <summary>Many clients at the same artifacts at once: each gets an answer that was true at some moment.</summary>
public sealed class ArtifactRaceTests
{
    private const string Api = "/api/2.0/mlflow-artifacts";
    private const int Rounds = 150;

    [Fact]
    public async Task Uploads_downloads_and_listings_of_a_folder_that_is_being_deleted_never_fail_the_server()
    {
        await using var server = await RunningServer.StartAsync();
        var statuses = new ConcurrentBag<(string What, HttpStatusCode Status)>();
        await Task.WhenAll(
            RepeatAsync(i => NoteAsync(HttpMethod.Put, $"artifacts/1/a/b/f{i % 5}", "x")),
            RepeatAsync(i => NoteAsync(HttpMethod.Put, $"artifacts/1/a/g{i % 5}", "x")),
            RepeatAsync(_ => NoteAsync(HttpMethod.Delete, "artifacts/1/a")),
            RepeatAsync(_ => NoteAsync(HttpMethod.Delete, "artifacts/1")),
            RepeatAsync(_ => NoteAsync(HttpMethod.Get, "artifacts?path=1%2Fa")),
            RepeatAsync(_ => NoteAsync(HttpMethod.Get, "artifacts?path=1%2Fa%2Fb")),
            RepeatAsync(i => NoteAsync(HttpMethod.Get, $"artifacts/1/a/b/f{i % 5}")),
            RepeatAsync(i => NoteAsync(HttpMethod.Put, i % 2 == 0 ? "artifacts/1/c" : "artifacts/1/c/d", "x")),
            RepeatAsync(_ => NoteAsync(HttpMethod.Delete, "artifacts/1/c")));

        Assert.DoesNotContain(statuses, answer => answer.Status is not (HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest));
        Assert.DoesNotContain(statuses, answer => answer.What.StartsWith("PUT artifacts/1/a", StringComparison.Ordinal) && answer.Status != HttpStatusCode.OK);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.ArtifactRoot, ".dossier-staging"), "*", SearchOption.AllDirectories).Select(place => Path.GetRelativePath(server.ArtifactRoot, place)));

        async Task NoteAsync(HttpMethod method, string path, string? body = null) =>
            statuses.Add(($"{method} {path}", (await server.SendAsync(method, $"{Api}/{path}", body)).Status));
    }

    [Fact]
    public async Task Of_many_that_complete_or_abort_the_same_upload_at_once_none_fails_the_server()
    {
        await using var server = await RunningServer.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var upload = (await server.SendAsync(HttpMethod.Post, $"{Api}/mpu/create/1/r", """{"path": "f", "num_parts": 1}""")).Json;
            var id = upload.GetProperty("upload_id").GetString();
            var url = upload.GetProperty("credentials")[0].GetProperty("url").GetString()!;
            using var content = new StringContent("part");
            using var put = await server.Http.PutAsync(url, content, TestContext.Current.CancellationToken);
            var complete = JsonSerializer.Serialize(new { path = "f", upload_id = id, parts = new[] { new { part_number = 1, etag = put.Headers.ETag!.Tag } } });
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 3 == 2
                ? server.SendAsync(HttpMethod.Put, url, "late")
                : server.SendAsync(HttpMethod.Post, $"{Api}/mpu/{(i == 4 ? "abort" : "complete")}/1/r", complete)));
            Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound }));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(server.ArtifactRoot, ".dossier-staging")));
        var file = await server.SendAsync(HttpMethod.Get, $"{Api}/artifacts/1/r/f");
        Assert.Equal("part", file.Body);
    }

    private static Task RepeatAsync(Func<int, Task> act) => Task.Run(async () =>
    {
        for (var i = 0; i < Rounds; i++)
        {
            await act(i);
        }
    });
}
