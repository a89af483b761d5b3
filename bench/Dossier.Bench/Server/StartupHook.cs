using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

/// <summary>
/// Runs inside the measured server, before its own code: .NET loads it from this assembly when <c>DOTNET_STARTUP_HOOKS</c> names it. It answers each byte
/// on a Unix socket with the number of bytes that the process has allocated so far, so the server needs no code for it.
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = ".NET looks for a type of this name outside of any namespace.")]
internal static class StartupHook
{
    /// <summary>Names the socket.</summary>
    public const string Variable = "DOSSIER_BENCH_ALLOCATIONS";

    /// <summary>Called by .NET.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return;
        }

        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "allocations" }.Start();
    }

    private static void Answer(Socket listener)
    {
        using var reader = listener.Accept();
        var (question, answer) = (new byte[1], new byte[sizeof(long)]);
        while (reader.Receive(question) > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(answer, GC.GetTotalAllocatedBytes(precise: true));
            reader.Send(answer);
        }
    }
}
