using System.Net;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

public sealed class ArtifactPathTests
{
    private const string Files = "/api/2.0/mlflow-artifacts/artifacts";

    public static TheoryData<string> Escapes { get; } =
    [
        "/../secret", "/1/../../secret", "/%2e%2e/secret", "/%2E%2e/secret", "/.%2e/secret", "/1/%2e%2e%2f%2e%2e%2fsecret", "/..%2fsecret",
        "/1%2f..%2f..%2fsecret", "//etc/passwd", "/%2fetc%2fpasswd", "/..\\secret", "/..%5csecret", "/1/%5c%5chost%5cshare", "/C:/secret", "/C%3A/secret",
        "/1/x%00.txt", "/1/x%0a.txt", "/1//x", "/./x", "/%2e/x", "/1/x%ff", "/1/x%zz", "/1/x%2", "/%252e%252e%252fsecret/../x",
        "/.dossier-staging/x", "/1/../.dossier-staging/x",
    ];

    [Theory]
    [MemberData(nameof(Escapes))]
    public async Task A_path_that_could_leave_the_root_is_refused_for_every_method(string path)
    {
        await using var server = await RunningServer.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(server.ArtifactRoot, "..", "secret"), "secret", TestContext.Current.CancellationToken);
        foreach (var method in new[] { "GET", "PUT", "DELETE" })
        {
            var answer = await RawHttp.SendAsync(server.Server.Url, method, Files + path, "x"u8.ToArray());
            Assert.Equal(400, RawHttp.StatusOf(answer));
            Assert.DoesNotContain("secret\r\n", answer, StringComparison.Ordinal);
        }

        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(server.ArtifactRoot, "..", "secret"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("/etc")]
    [InlineData("1/../../x")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData(".dossier-staging")]
    public async Task A_listing_cannot_leave_the_root(string path)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.SendAsync(HttpMethod.Get, $"{Files}?path={Uri.EscapeDataString(path)}");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
        Assert.Contains("Invalid path", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_decoded_exactly_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new StringContent("x");
        await server.Http.PutAsync($"{Files}/1/50%2525 %C3%A4+b.txt", content, TestContext.Current.CancellationToken);
        var listing = await server.SendAsync(HttpMethod.Get, $"{Files}?path=1");
        Assert.Equal("50%25 ä+b.txt", listing.Json.GetProperty("files")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_symbolic_link_is_neither_followed_nor_listed()
    {
        await using var server = await RunningServer.StartAsync();
        var outside = Directory.CreateDirectory(Path.Combine(server.ArtifactRoot, "..", "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret"), "secret", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(server.ArtifactRoot, "1"));
        Directory.CreateSymbolicLink(Path.Combine(server.ArtifactRoot, "1", "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(server.ArtifactRoot, "1", "file"), Path.Combine(outside, "secret"));

        foreach (var path in new[] { "/1/folder/secret", "/1/file" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Get, Files + path)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Put, Files + path, "x")).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Delete, Files + path)).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Get, $"{Files}?path=1%2Ffolder")).Status);
        Assert.Equal("{}", (await server.SendAsync(HttpMethod.Get, $"{Files}?path=1")).Body);
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Delete, $"{Files}/1")).Status);
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(outside, "secret"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_cannot_take_the_place_of_a_folder_nor_stand_below_a_file()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.SendAsync(HttpMethod.Put, $"{Files}/1/a/file", "x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Put, $"{Files}/1/a", "x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Put, $"{Files}/1/a/file/below", "x")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.SendAsync(HttpMethod.Delete, Files)).Status);
    }
}
