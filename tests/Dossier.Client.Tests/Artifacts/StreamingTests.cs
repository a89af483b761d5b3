using System.Buffers;
using Dossier.Client.Tests.Peers;
using Dossier.Testing;
using Microsoft.AspNetCore.Http;

namespace Dossier.Client.Tests.Artifacts;

/// <summary>Measures what the process allocates, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(StreamingTests), DisableParallelization = true)]
[Collection(nameof(StreamingTests))]
public sealed class StreamingTests : IDisposable
{
    private const int Megabytes = 96;

    private static readonly ArtifactLocation Root = new ArtifactLocation.AtUri("mlflow-artifacts:/1/r/artifacts");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Large_files_go_up_and_down_piece_by_piece()
    {
        var received = 0L;
        await using var peer = await Peer.StartAsync(
            async (http, _) =>
            {
                var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
                if (HttpMethods.IsPut(http.Request.Method))
                {
                    for (int count; (count = await http.Request.Body.ReadAsync(buffer)) > 0;)
                    {
                        received += count;
                    }
                }
                else
                {
                    http.Response.ContentLength = (long)Megabytes << 20;
                    for (var i = 0; i < Megabytes << 4; i++)
                    {
                        await http.Response.Body.WriteAsync(buffer.AsMemory(0, 1 << 16));
                    }
                }

                ArrayPool<byte>.Shared.Return(buffer);
            },
            readBodies: false);
        using var client = peer.Client();
        var file = _folder.Combine("large.bin");
        using (var handle = File.Create(file))
        {
            handle.SetLength((long)Megabytes << 20);
        }

        var progress = new LastReport();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await client.Artifacts.UploadFileAsync(file, Root.Child("large.bin"), progress);
        Assert.Equal((long)Megabytes << 20, received);
        Assert.Equal((long)Megabytes << 20, progress.Last);

        await client.Artifacts.DownloadFileAsync(Root.Child("large.bin"), file + ".2", progress);
        Assert.Equal((long)Megabytes << 20, new FileInfo(file + ".2").Length);

        // Everything that both sides ever allocated, not only what lived at one time.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 24 << 20);
    }
}
