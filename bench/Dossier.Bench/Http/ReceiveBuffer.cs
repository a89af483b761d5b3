using System.Net.Sockets;

namespace Dossier.Bench.Http;

/// <summary>Bytes received and not yet consumed, in one buffer that is used again for every answer.</summary>
internal sealed class ReceiveBuffer(Socket socket)
{
    private readonly byte[] _bytes = new byte[256 * 1024];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    public void Consume(int count) => _start += count;

    /// <summary>Takes what has arrived; false when the server has closed the connection.</summary>
    public bool Fill()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _bytes.Length)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
            if (_end == _bytes.Length)
            {
                throw new BenchException("The server's answer has a head or a chunk line that does not end.");
            }
        }

        var received = socket.Receive(_bytes.AsSpan(_end));
        _end += received;
        return received > 0;
    }

    /// <summary>Reads into <paramref name="into"/> what is there, or what comes next; 0 when the server has closed.</summary>
    public int Read(Span<byte> into)
    {
        if (Unread.IsEmpty)
        {
            // A large body goes straight to its reader, past this buffer.
            return socket.Receive(into);
        }

        var count = Math.Min(into.Length, Unread.Length);
        Unread[..count].CopyTo(into);
        Consume(count);
        return count;
    }

    /// <summary>Consumes up to and including <paramref name="mark"/> and gives that part; valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadThrough(ReadOnlySpan<byte> mark)
    {
        int at;
        while ((at = Unread.IndexOf(mark)) < 0)
        {
            if (!Fill())
            {
                throw new BenchException("The server closed the connection in the middle of an answer.");
            }
        }

        var part = Unread[..(at + mark.Length)];
        Consume(part.Length);
        return part;
    }
}
