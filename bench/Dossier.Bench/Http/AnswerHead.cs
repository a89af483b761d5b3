using System.Buffers.Text;
using System.Text;

namespace Dossier.Bench.Http;

/// <summary>What the status line and the headers of an HTTP/1.1 answer say about the body that follows.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Length">The body's length in bytes where the answer tells it, else null.</param>
/// <param name="Chunked">Whether the body comes in chunks.</param>
/// <param name="Close">Whether the server closes the connection after this answer.</param>
public readonly record struct AnswerHead(int Status, long? Length, bool Chunked, bool Close)
{
    /// <summary>Reads a head.</summary>
    /// <param name="head">All bytes up to and including the empty line.</param>
    public static AnswerHead Parse(ReadOnlySpan<byte> head)
    {
        // HTTP/1.1 200 OK
        if (head.Length < 14 || !head.StartsWith("HTTP/1."u8) || !Utf8Parser.TryParse(head[9..12], out int status, out _))
        {
            throw new BenchException($"Not an HTTP/1.1 answer: {Encoding.Latin1.GetString(head[..Math.Min(head.Length, 80)])}");
        }

        long? length = status is 204 or 304 ? 0 : null;
        var chunked = false;
        var close = head[7] == (byte)'0';
        var rest = head;
        while (rest.IndexOf("\r\n"u8) is var end and > 0)
        {
            var line = rest[..end];
            rest = rest[(end + 2)..];
            if (Value(line, "content-length"u8, out var value))
            {
                length = Utf8Parser.TryParse(value, out long parsed, out _) ? parsed : length;
            }
            else if (Value(line, "transfer-encoding"u8, out value))
            {
                chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
            }
            else if (Value(line, "connection"u8, out value))
            {
                close = Ascii.EqualsIgnoreCase(value, "close"u8);
            }
        }

        return new AnswerHead(status, length, chunked, close || (length is null && !chunked));
    }

    private static bool Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (line.Length <= name.Length || line[name.Length] != (byte)':' || !Ascii.EqualsIgnoreCase(line[..name.Length], name))
        {
            return false;
        }

        value = line[(name.Length + 1)..].Trim((byte)' ');
        return true;
    }
}
