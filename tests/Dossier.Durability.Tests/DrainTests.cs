using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Dossier.Testing;

namespace Dossier.Durability.Tests;

/// <summary>SIGTERM, as a service manager sends it, while clients are busy.</summary>
public sealed class DrainTests : IDisposable
{
    private const int Writers = 8;
    private const string File = "/api/2.0/mlflow-artifacts/artifacts/1/slow.bin";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_is_in_flight_when_the_server_is_told_to_stop_is_finished_and_kept()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (store, artifacts) = ($"sqlite:///{_folder.Combine("dossier.db")}", _folder.Combine("artifacts"));
        List<string> acknowledged = [];
        using (var server = await DossierProcess.StartAsync(store, artifacts))
        {
            using var upload = await StartUploadAsync(server);
            var first = new TaskCompletionSource();
            var writers = Enumerable.Range(0, Writers).Select(writer => WriteUntilRefusedAsync(server.Client, writer, first)).ToList();
            await first.Task.WaitAsync(Limit, cancel);

            var clock = Stopwatch.StartNew();
            server.Terminate();
            acknowledged.AddRange((await Task.WhenAll(writers).WaitAsync(Limit, cancel)).SelectMany(names => names));

            // Nobody new is let in, and the upload that was there still is.
            await using var stream = upload.GetStream();
            await stream.WriteAsync("rest"u8.ToArray(), cancel);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            Assert.StartsWith("HTTP/1.1 200", await reader.ReadLineAsync(cancel), StringComparison.Ordinal);
            Assert.Equal(0, await server.WaitForExitAsync(cancel).WaitAsync(Limit, cancel));
            Assert.True(clock.Elapsed < Limit, $"It took {clock.Elapsed}.");
        }

        Assert.NotEmpty(acknowledged);
        using var again = await DossierProcess.StartAsync(store, artifacts);
        foreach (var name in acknowledged)
        {
            Assert.NotNull(await again.Client.ReadAsync("experiments/get-by-name", ("experiment_name", name)));
        }

        Assert.Equal("halfrest", await again.Client.GetStringAsync(new Uri(File, UriKind.Relative), cancel));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    // An answer must be whole and good; a connection that isn't taken any more ends the writer.
    private static async Task<List<string>> WriteUntilRefusedAsync(HttpClient client, int writer, TaskCompletionSource first)
    {
        List<string> written = [];
        for (var i = 0; ; i++)
        {
            var name = $"{writer}-{i}";
            try
            {
                await client.WriteAsync("experiments/create", new { name });
            }
            catch (HttpRequestException)
            {
                return written;
            }

            written.Add(name);
            first.TrySetResult();
        }
    }

    // Ends once the server waits for the rest of the body.
    private static async Task<TcpClient> StartUploadAsync(DossierProcess server)
    {
        var cancel = TestContext.Current.CancellationToken;
        var address = server.Client.BaseAddress!;
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT {File} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\nExpect: 100-continue\r\n\r\n"), cancel);
        await stream.ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length], cancel);
        await stream.WriteAsync("half"u8.ToArray(), cancel);
        return client;
    }
}
