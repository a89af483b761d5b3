using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>The body of an answer, read as it arrives. A read that gets nothing for the timeout fails; so does one that breaks off.</summary>
internal sealed class AnswerStream(HttpResponseMessage response, Stream body, Func<Attempt> startRead) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var read = startRead();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(read.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, linked.Token);
        }
        catch (OperationCanceledException e) when (read.Stalled && !cancellationToken.IsCancellationRequested)
        {
            throw BrokenOff("no more data arrived in time", e);
        }
        catch (IOException e)
        {
            throw BrokenOff(e.Message, e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ProtocolException BrokenOff(string why, Exception cause) =>
        new(ErrorCode.TemporarilyUnavailable, $"The download was interrupted: {why}", cause) { StatusCode = 0 };
}
