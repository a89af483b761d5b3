using System.Net.Sockets;
using System.Text;

namespace Dossier.Bench.Http;

/// <summary>
/// One HTTP/1.1 connection, blocking, with buffers that are used again. The machine is shared with the server, so a
/// request costs little more than its system calls. Connects again where the server closes after an answer.
/// </summary>
public sealed class HttpConnection(Target target) : IDisposable
{
    private const int TimeoutMilliseconds = 120_000;
    private Socket? _socket;
    private ReceiveBuffer? _buffer;
    private byte[] _body = new byte[64 * 1024];
    private BodyReader _reader;
    private bool _closing;

    /// <summary>Sends a whole request and reads the whole answer.</summary>
    /// <returns>The body, valid until the next request.</returns>
    /// <exception cref="BenchException">The status is neither 200 nor 201, or the connection broke.</exception>
    public ReadOnlyMemory<byte> Exchange(ReadOnlySpan<byte> request)
    {
        Begin(request);
        var head = ReceiveHead();
        var length = ReadWhole(head.Length);
        return head.Status is 200 or 201
            ? _body.AsMemory(0, length)
            : throw new BenchException($"{FirstLine(request)} was answered {head.Status}: {Encoding.UTF8.GetString(_body.AsSpan(0, Math.Min(length, 600)))}");
    }

    /// <summary>Sends a head; the body follows with <see cref="SendMore"/> and the answer with <see cref="ReceiveHead"/>.</summary>
    public void Begin(ReadOnlySpan<byte> request)
    {
        if (_socket is null || _closing)
        {
            Connect();
        }

        SendMore(request);
    }

    /// <summary>Sends more of the request's body.</summary>
    public void SendMore(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket!.Send(bytes)..];
        }
    }

    /// <summary>Reads the answer's head; the body follows with <see cref="ReadMore"/> and must be read to its end.</summary>
    public AnswerHead ReceiveHead()
    {
        AnswerHead head;
        do
        {
            head = AnswerHead.Parse(_buffer!.ReadThrough("\r\n\r\n"u8));
        }
        while (head.Status is >= 100 and < 200);
        _closing = head.Close;
        _reader = new BodyReader(_buffer, head);
        return head;
    }

    /// <summary>The next bytes of the answer's body; 0 at its end.</summary>
    public int ReadMore(Span<byte> into) => _reader.Read(into);

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Connect()
    {
        _socket?.Dispose();
        _socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = TimeoutMilliseconds,
            SendTimeout = TimeoutMilliseconds,
        };
        _socket.Connect(target.EndPoint);
        _buffer = new ReceiveBuffer(_socket);
        _closing = false;
    }

    private int ReadWhole(long? expected)
    {
        if (expected > _body.Length)
        {
            Array.Resize(ref _body, checked((int)expected.Value));
        }

        var length = 0;
        while (true)
        {
            if (length == _body.Length && expected != length)
            {
                Array.Resize(ref _body, checked(_body.Length * 2));
            }

            var read = length == _body.Length ? 0 : ReadMore(_body.AsSpan(length));
            if (read == 0)
            {
                return length;
            }

            length += read;
        }
    }

    private static string FirstLine(ReadOnlySpan<byte> request)
    {
        var line = request[..request.IndexOf((byte)'\r')];
        return Encoding.ASCII.GetString(line[..line.LastIndexOf((byte)' ')]);
    }
}
