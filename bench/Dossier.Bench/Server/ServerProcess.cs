using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dossier.Bench.Http;

namespace Dossier.Bench.Server;

/// <summary>A server that the bench starts by a command and stops again.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServerProcess(Process process, Target target, TimeSpan startTime) => (_process, Target, StartTime) = (process, target, startTime);

    /// <summary>The running server.</summary>
    public Target Target { get; }

    /// <summary>From just before the process was made to the first good answer of <c>/health</c>.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Starts a server on a free port and waits for its first good answer.</summary>
    /// <param name="command">Program and arguments, split at spaces; <c>{port}</c> and <c>{folder}</c> are replaced.</param>
    /// <param name="folder">Where the server keeps its data.</param>
    /// <param name="stop">Ends the wait early, with an exception.</param>
    /// <exception cref="BenchException">It cannot be started, ends at once, or does not answer within a minute.</exception>
    public static async Task<ServerProcess> StartAsync(string command, string folder, CancellationToken stop)
    {
        var port = FreePort();
        var words = command
            .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{folder}", folder, StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The server's own output would cost it time and us a reader.
        var log = Path.Combine(folder, "server.log");
        string[] shell = ["-c", "exec \"$@\" >\"$0\" 2>&1", log, .. words];
        var clock = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("/bin/sh", shell)) ?? throw new BenchException($"'{command}' did not start.");
        var target = new Target(new Uri($"http://127.0.0.1:{port}"), new IPEndPoint(IPAddress.Loopback, port), process.Id);
        try
        {
            while (!IsHealthy(target))
            {
                if (process.HasExited || clock.Elapsed > StartLimit)
                {
                    throw new BenchException($"'{string.Join(' ', words)}' does not answer /health:\n{await File.ReadAllTextAsync(log, stop)}");
                }

                await Task.Delay(1, stop);
            }
        }
        catch
        {
            End(process);
            throw;
        }

        return new ServerProcess(process, target, clock.Elapsed);
    }

    /// <summary>Stops the server and its children.</summary>
    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static bool IsHealthy(Target target)
    {
        try
        {
            using var connection = new HttpConnection(target);
            connection.Exchange(RequestTemplate.Get(target, "/health").Bytes.Span);
            return true;
        }
        catch (Exception error) when (error is SocketException or BenchException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
