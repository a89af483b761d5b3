using System.Buffers.Binary;
using System.Net.Sockets;

namespace Dossier.Bench.Server;

/// <summary>Asks a .NET server that the bench started how many bytes it has allocated; see <see cref="StartupHook"/>.</summary>
public sealed class AllocationCounter : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _answer = new byte[sizeof(long)];

    private AllocationCounter(Socket socket) => _socket = socket;

    /// <summary>What a server's process needs in its environment to be asked.</summary>
    /// <param name="path">The socket's path, in a folder that nobody else can write to.</param>
    public static IReadOnlyDictionary<string, string> Environment(string path) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [StartupHook.Variable] = path,
    };

    /// <summary>Connects to a running server; null if it is not .NET.</summary>
    public static AllocationCounter? Connect(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new(socket);
    }

    /// <summary>Bytes allocated since the process began.</summary>
    public long Read()
    {
        _socket.Send([0]);
        for (var read = 0; read < _answer.Length;)
        {
            read += _socket.Receive(_answer.AsSpan(read)) is > 0 and var count
                ? count
                : throw new BenchException("The server ended while its allocations were counted.");
        }

        return BinaryPrimitives.ReadInt64LittleEndian(_answer);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
