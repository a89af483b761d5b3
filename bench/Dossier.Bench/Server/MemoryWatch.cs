using Dossier.Bench.Http;

namespace Dossier.Bench.Server;

/// <summary>Watches a server's resident memory while something else goes on.</summary>
public sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly int _processId;
    private readonly Timer _timer;

    private MemoryWatch(int processId)
    {
        _processId = processId;
        Before = Peak = ProcessMemory.ResidentMegabytes(processId);
        if (Before == 0)
        {
            throw new BenchException($"Process {processId} is not there, so its memory cannot be read.");
        }

        _timer = new Timer(_ => Peak = Math.Max(Peak, ProcessMemory.ResidentMegabytes(processId)), null, Interval, Interval);
    }

    /// <summary>Megabytes when the watch began.</summary>
    public double Before { get; }

    /// <summary>Most megabytes seen, looking every 50 ms.</summary>
    public double Peak { get; private set; }

    /// <summary>Megabytes now.</summary>
    public double Now => ProcessMemory.ResidentMegabytes(_processId);

    /// <summary>Begins to watch; null where the server's process is not known.</summary>
    public static MemoryWatch? Begin(Target target) => target.ProcessId is { } id ? new MemoryWatch(id) : null;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
