using System.Buffers.Text;

namespace Dossier.Bench.Http;

/// <summary>Reads one answer's body, of known length, in chunks, or up to the end of the connection.</summary>
internal struct BodyReader(ReceiveBuffer buffer, AnswerHead head)
{
    private long _left = head.Chunked ? 0 : head.Length ?? long.MaxValue;
    private bool _firstChunk = true;
    private bool _done;

    /// <summary>The next bytes of the body; 0 at its end.</summary>
    public int Read(Span<byte> into)
    {
        if (head.Chunked && _left == 0 && !_done)
        {
            NextChunk();
        }

        if (_done || _left == 0)
        {
            return 0;
        }

        var count = buffer.Read(into[..(int)Math.Min(into.Length, _left)]);
        if (count == 0)
        {
            _done = head is { Chunked: false, Length: null };
            return _done ? 0 : throw new BenchException("The server closed the connection in the middle of a body.");
        }

        _left -= count;
        return count;
    }

    private void NextChunk()
    {
        if (!_firstChunk)
        {
            buffer.ReadThrough("\r\n"u8);
        }

        _firstChunk = false;
        var line = buffer.ReadThrough("\r\n"u8);
        if (!Utf8Parser.TryParse(line, out _left, out _, 'x'))
        {
            throw new BenchException("The server's answer has a chunk without a length.");
        }

        if (_left == 0)
        {
            // Trailers, if any, end with an empty line as a head does.
            while (buffer.ReadThrough("\r\n"u8).Length > 2)
            {
            }

            _done = true;
        }
    }
}
