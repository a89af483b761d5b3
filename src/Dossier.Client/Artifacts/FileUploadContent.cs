using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Dossier.Client;

/// <summary>A local file as a request body, read piece by piece while it is sent.</summary>
internal sealed class FileUploadContent : HttpContent
{
    private const int PieceBytes = 128 * 1024;

    private readonly FileStream _file;
    private readonly TransferProgress.OfAttempt _progress;

    public FileUploadContent(string path, TransferProgress.OfAttempt progress)
    {
        _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        _progress = progress;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (int count; (count = await _file.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                _progress.BytesMoved(count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
