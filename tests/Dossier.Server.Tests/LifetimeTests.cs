using System.Net.Sockets;
using System.Text;
using Dossier.Server.Hosting;
using Dossier.Server.Tests.Support;
using Dossier.Testing;

namespace Dossier.Server.Tests;

public sealed class LifetimeTests
{
    private const string File = "/api/2.0/mlflow-artifacts/artifacts/1/f.txt";

    [Fact]
    public async Task A_request_in_flight_is_finished_when_the_server_stops()
    {
        var server = await RunningServer.StartAsync();
        using var client = await StartUploadAsync(server);
        var stopping = server.Server.DisposeAsync();

        await using var stream = client.GetStream();
        await stream.WriteAsync("rest"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stopping;
        Assert.Equal("halfrest", await System.IO.File.ReadAllTextAsync(Path.Combine(server.ArtifactRoot, "1", "f.txt"), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Http.GetAsync("/health", TestContext.Current.CancellationToken));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_request_that_does_not_end_holds_the_server_no_longer_than_the_drain_timeout()
    {
        var server = await RunningServer.StartAsync(options => options with { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        using var client = await StartUploadAsync(server);
        await server.Server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(System.IO.File.Exists(Path.Combine(server.ArtifactRoot, "1", "f.txt")));
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        foreach (var expected in new[] { "404", "200" })
        {
            await using var server = await DossierServer.StartAsync(RunningServer.OptionsIn(folder), TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = server.Url };
            using var found = await http.GetAsync("/api/2.0/mlflow/experiments/get-by-name?experiment_name=kept", TestContext.Current.CancellationToken);
            Assert.Equal(expected, $"{(int)found.StatusCode}");
            using var body = new StringContent("""{"name": "kept"}""");
            await http.PostAsync("/api/2.0/mlflow/experiments/create", body, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Wrong_options_are_told_all_at_once()
    {
        var options = new ServerOptions { Host = "nowhere", Port = 70_000, BackendStore = "mysql://user:secret@db/x", ArtifactRoot = "" };
        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => DossierServer.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.Equal(4, refused.Errors.Count);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task A_server_that_other_machines_reach_asks_to_sign_in_or_does_not_start(string host)
    {
        var options = new ServerOptions { Host = host, Port = 70_000 };
        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => DossierServer.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.Equal(2, refused.Errors.Count);
        Assert.Contains($"'{host}' can be reached from other machines", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--auth", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_asks_to_sign_in_listens_where_it_is_told_to()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Host = "0.0.0.0", RequireSignIn = true });
        Assert.Equal("0.0.0.0", server.Server.Url.Host);
    }

    [Theory]
    [InlineData("mlflow.example.com")]
    [InlineData("ftp://mlflow.example.com")]
    [InlineData("https://me:secret@mlflow.example.com")]
    [InlineData("https://mlflow.example.com/?secret=1")]
    [InlineData("")]
    public async Task A_public_url_that_clients_could_not_use_is_refused(string url)
    {
        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => RunningServer.StartAsync(options => options with { PublicUrl = url }));
        Assert.Contains("public URL", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_told_by_its_address()
    {
        await using var first = await RunningServer.StartAsync();
        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => RunningServer.StartAsync(options => options with { Port = first.Server.Url.Port }));
        Assert.Contains($"127.0.0.1:{first.Server.Url.Port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artifact_root_that_is_no_folder_is_told()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Combine("file");
        await System.IO.File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => RunningServer.StartAsync(options => options with { ArtifactRoot = file }));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_without_its_password()
    {
        var store = $"postgresql://me:secret@127.0.0.1:{FreePort.Find()}/dossier";
        var refused = await Assert.ThrowsAsync<ServerOptionsException>(() => RunningServer.StartAsync(options => options with { BackendStore = store }));
        Assert.Contains("database can't be opened", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    // Ends once the server waits for the rest of the body.
    private static async Task<TcpClient> StartUploadAsync(RunningServer server)
    {
        var cancel = TestContext.Current.CancellationToken;
        var client = new TcpClient();
        await client.ConnectAsync(server.Server.Url.Host, server.Server.Url.Port, cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT {File} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\nExpect: 100-continue\r\n\r\n"), cancel);
        var answer = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await stream.ReadExactlyAsync(answer, cancel);
        await stream.WriteAsync("half"u8.ToArray(), cancel);
        return client;
    }
}
