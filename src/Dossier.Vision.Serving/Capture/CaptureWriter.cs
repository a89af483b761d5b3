using System.Threading.Channels;
using Dossier.Vision.Serving.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dossier.Vision.Serving.Capture;

/// <summary>
/// Writes captured rows in the background. It never holds a request up: rows that find no room in memory are dropped and counted, and so are those that
/// can't be written.
/// </summary>
internal sealed class CaptureWriter : IAsyncDisposable
{
    private const int MaxWaiting = 10_000;

    private readonly CaptureOptions _options;
    private readonly TimeProvider _clock;
    private readonly ServingMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Channel<CaptureRow> _waiting = Channel.CreateBounded<CaptureRow>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _writing;
    private long _bytes;
    private bool _failing;

    private CaptureWriter(CaptureOptions options, TimeProvider clock, ServingMetrics metrics, ILogger logger)
    {
        (_options, _clock, _metrics, _logger) = (options, clock, metrics, logger);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Starts; the folder is made if it is missing.</summary>
    /// <exception cref="VisionException">The folder can't be written to.</exception>
    public static CaptureWriter Start(CaptureOptions options, TimeProvider clock, ServingMetrics metrics, ILogger logger)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            var probe = Path.Combine(options.Folder, $".{Guid.NewGuid():N}.part");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new(options, clock, metrics, logger);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"Cannot capture requests in '{options.Folder}': {failure.Message}", failure);
        }
    }

    /// <summary>Keeps a row, if there is room for it.</summary>
    public void Add(CaptureRow row)
    {
        var bytes = row.Picture?.Length ?? 0;

        // Twice a file's worth: one that is being written, and one that fills up meanwhile.
        if (Interlocked.Add(ref _bytes, bytes) > 2 * _options.MaxBytes || !_waiting.Writer.TryWrite(row))
        {
            Interlocked.Add(ref _bytes, -bytes);
            _metrics.NotCaptured(1);
        }
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAllAsync()
    {
        var rows = new List<CaptureRow>();
        var bytes = 0L;
        var reader = _waiting.Reader;
        while (await reader.WaitToReadAsync())
        {
            using var age = new CancellationTokenSource(_options.MaxAge, _clock);
            try
            {
                while (rows.Count < _options.MaxRows && bytes < _options.MaxBytes)
                {
                    var row = await reader.ReadAsync(age.Token);
                    rows.Add(row);
                    bytes += row.Picture?.Length ?? 0;
                }
            }
            catch (Exception end) when (end is OperationCanceledException or ChannelClosedException)
            {
                // Old enough, or the last file.
            }

            await WriteAsync(rows);
            Interlocked.Add(ref _bytes, -bytes);
            (rows, bytes) = ([], 0);
        }
    }

    private async Task WriteAsync(List<CaptureRow> rows)
    {
        try
        {
            await CaptureFile.WriteAsync(_options.Folder, rows, _clock.GetUtcNow());
            _metrics.Captured(rows.Count);
            _failing = false;
        }
#pragma warning disable CA1031 // A full disk must not end the capture: there may be room again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _metrics.NotCaptured(rows.Count);
            if (!_failing)
            {
                _logger.CaptureFailed(failure.Message);
            }

            _failing = true;
        }
    }
}
