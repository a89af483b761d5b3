using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dossier.Testing;

namespace Dossier.Durability.Tests;

/// <summary>The real program <c>dossier server</c> in a process of its own, so that it can be killed as a machine's failure would.</summary>
internal sealed class DossierProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly Task<string> _output;

    private DossierProcess(Process process, int port)
    {
        _process = process;
        _output = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = StartLimit,
        };
    }

    /// <summary>Talks to this process.</summary>
    public HttpClient Client { get; }

    /// <summary>Makes the process and does not wait for it.</summary>
    /// <param name="backendStore">The database's URI.</param>
    /// <param name="artifactRoot">The artifact folder.</param>
    /// <param name="options">Further options.</param>
    public static DossierProcess Launch(string backendStore, string artifactRoot, params IEnumerable<string> options)
    {
        var port = FreePort.Find();
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "dossier.dll"), "server", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
            "--backend-store", backendStore, "--artifact-root", artifactRoot, .. options,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        CommandProcess.NoDiagnostics(start);
        return new DossierProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."), port);
    }

    /// <summary>Makes the process and waits until it answers <c>/health</c>.</summary>
    public static async Task<DossierProcess> StartAsync(string backendStore, string artifactRoot, params IEnumerable<string> options)
    {
        var server = Launch(backendStore, artifactRoot, options);
        try
        {
            await server.WaitUntilHealthyAsync();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>SIGKILL: no handler runs, no buffer is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM: asks the process to end.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
        Client.Dispose();
    }

    private async Task WaitUntilHealthyAsync()
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(5))
        {
            if (_process.HasExited || clock.Elapsed > StartLimit)
            {
                Kill();
                throw new InvalidOperationException($"dossier server does not answer /health; it wrote: {await _output}");
            }

            try
            {
                using var answer = await Client.GetAsync(new Uri("/health", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }
}
