using System.Net.Sockets;
using System.Text;
using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests;

/// <summary>Requests in forms that few clients use and attackers like.</summary>
public sealed class HttpFormTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Search = "POST /api/2.0/mlflow/experiments/search HTTP/1.1\r\n";
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("evil\"}/x")]
    [InlineData("a b")]
    [InlineData("a/../b")]
    [InlineData("user@evil")]
    [InlineData("x\\y")]
    [InlineData("<script>")]
    [InlineData("")]
    public async Task A_host_that_is_none_reaches_no_part_url(string host)
    {
        var answer = await SendAsync($"POST /api/2.0/mlflow-artifacts/mpu/create/1/r HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 28\r\n\r\n{{\"path\":\"f\", \"num_parts\": 1}}");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_may_come_in_chunks() => Assert.Contains("Default", await SendAsync(
        $"{Search}Host: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{{\"max\r\n12\r\n_results\": \"1000\"}}\r\n0\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Requests_may_follow_each_other_before_the_answers_do()
    {
        const string One = Search + "Host: localhost\r\nContent-Length: 2\r\n\r\n{}";
        var answer = await SendAsync(One + One + Search + "Host: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        Assert.Equal(4, answer.Split("HTTP/1.1 200").Length);
    }

    [Theory]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ")]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\u001f\u0008")]
    public async Task A_body_whose_length_or_coding_is_unclear_is_refused(string rest)
    {
        var answer = await SendAsync($"{Search}Host: localhost\r\nConnection: close\r\n{rest}");
        Assert.True(answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) && rest.StartsWith("Content-Length: 2\r\nT", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task A_method_that_no_route_takes_is_refused(string method)
    {
        var answer = await RawHttp.SendAsync(_server.Server.Url, method, "/api/2.0/mlflow/experiments/search");
        Assert.Equal(405, RawHttp.StatusOf(answer));
        Assert.Contains("ENDPOINT_NOT_FOUND", answer, StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(string request)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Server.Url.Host, _server.Server.Url.Port, cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancel);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancel);
    }
}
