using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dossier.Bench.Http;

namespace Dossier.Bench.Server;

/// <summary>A server that the bench starts with a command and stops again.</summary>
public sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly DirectoryInfo _temporary;

    private ServerProcess(Process process, DirectoryInfo temporary, Target target, TimeSpan startTime) =>
        (_process, _temporary, Target, StartTime) = (process, temporary, target, startTime);

    /// <summary>The running server.</summary>
    public Target Target { get; }

    /// <summary>From just before the process was made to the first good answer of <c>/health</c>.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Starts a server on a free port and waits for its first good answer.</summary>
    /// <param name="command">Program and arguments, split at spaces; <c>{port}</c> and <c>{folder}</c> are replaced.</param>
    /// <param name="folder">Where the server keeps its data.</param>
    /// <param name="stop">Ends the wait early, with an exception.</param>
    /// <param name="environment">Environment variables that the server has besides the bench's own.</param>
    /// <exception cref="BenchException">It cannot be started, ends at once, or does not answer within a minute.</exception>
    public static async Task<ServerProcess> StartAsync(
        string command, string folder, CancellationToken stop, IReadOnlyDictionary<string, string>? environment = null)
    {
        var port = FreePort();
        var words = command
            .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{folder}", folder, StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // Reading the server's own output would cost time.
        var log = Path.Combine(folder, "server.log");
        string[] shell = ["-c", "exec \"$@\" >\"$0\" 2>&1", log, .. words];
        var start = new ProcessStartInfo("/bin/sh", shell);

        // The server is killed in the end, so what it makes in the temporary folder, such as .NET's diagnostics socket, is deleted with that.
        var temporary = Directory.CreateTempSubdirectory("dossier-bench-");
        start.Environment["TMPDIR"] = temporary.FullName;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        var process = Process.Start(start) ?? throw new BenchException($"'{command}' did not start.");
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
            End(process, temporary);
            throw;
        }

        return new ServerProcess(process, temporary, target, clock.Elapsed);
    }

    /// <summary>Stops the server and its children.</summary>
    public void Dispose() => End(_process, _temporary);

    private static void End(Process process, DirectoryInfo temporary)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        temporary.Delete(recursive: true);
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
