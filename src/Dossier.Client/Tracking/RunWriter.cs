using System.Threading.Channels;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>
/// Sends entries in the background: in order, one batch at a time, when a batch is full or the flush interval has passed.
/// Whoever logs faster than the server takes waits, so that memory stays bounded.
/// </summary>
internal sealed class RunWriter
{
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly RunsClient _runs;
    private readonly string _runId;
    private readonly TimeProvider _time;
    private readonly LoggingFailures _failures;
    private readonly Channel<RunEntry> _waiting = Channel.CreateBounded<RunEntry>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly EntryBatch _batch = new();
    private readonly Task _sending;
    private volatile bool _closing;
    private ProtocolException? _gone;

    public RunWriter(RunsClient runs, string runId, TimeProvider time)
    {
        _runs = runs;
        _runId = runId;
        _time = time;
        _failures = new(runId);
        _sending = Task.Run(SendAllAsync);
    }

    /// <summary>Takes an entry; blocks while <see cref="MaxWaiting"/> others wait.</summary>
    /// <exception cref="ObjectDisposedException">The run is closed.</exception>
    public void Write(RunEntry entry)
    {
        try
        {
            if (!_waiting.Writer.TryWrite(entry))
            {
                _waiting.Writer.WriteAsync(entry).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(ActiveRun), $"Run {_runId} is closed.");
        }
    }

    /// <summary>Waits until all that was written before is sent.</summary>
    /// <exception cref="RunLoggingException">Something is not logged.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync(new(Flushed: flushed), cancellationToken);
        await flushed.Task.WaitAsync(cancellationToken);
        _failures.ThrowIfAny();
    }

    /// <summary>Sends what waits and takes nothing more. If the server can't be reached, the rest is given up after one try.</summary>
    public Task CloseAsync()
    {
        _closing = true;
        _waiting.Writer.TryComplete();
        return _sending;
    }

    /// <summary>Tells of all that is not logged.</summary>
    /// <exception cref="RunLoggingException">There was something.</exception>
    public void ThrowIfAnyFailed() => _failures.ThrowIfAny();

    private async Task SendAllAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            using var interval = new CancellationTokenSource(FlushInterval, _time);
            try
            {
                while (await _waiting.Reader.WaitToReadAsync(interval.Token))
                {
                    await FillAsync();
                }
            }
            catch (OperationCanceledException)
            {
                // The interval has passed: what is there goes out.
            }

            await SendBatchAsync();
        }
    }

    private async Task FillAsync()
    {
        while (_waiting.Reader.TryRead(out var entry))
        {
            if (entry.Flushed is { } flushed)
            {
                await SendBatchAsync();
                flushed.SetResult();
            }
            else if (!_batch.TryAdd(entry))
            {
                await SendBatchAsync();
                _batch.TryAdd(entry);
            }
        }
    }

    private async Task SendBatchAsync()
    {
        if (_batch.Entries.Count > 0)
        {
            await SendAsync(_batch.Entries, refused: null);
            _batch.Clear();
        }
    }

    /// <summary>Sends entries; of those that are refused for what they say, halves, until the bad ones are alone.</summary>
    private async Task SendAsync(IEnumerable<RunEntry> entries, ProtocolException? refused)
    {
        var all = entries.ToList();
        if (_closing && _gone is not null)
        {
            _failures.Add(all, _gone);
            return;
        }

        try
        {
            await _runs.LogBatchAsync(EntryBatch.Message(_runId, all));
            _gone = null;
        }
        catch (ProtocolException e)
        {
            if (e.StatusCode is not (400 or 413) || all.Count == 1 || (refused is null && !await TakesEntriesAsync()))
            {
                _gone = e.StatusCode is 0 or >= 500 ? e : null;
                _failures.Add(all, e);
                return;
            }

            await SendAsync(all.Take(all.Count / 2), e);
            await SendAsync(all.Skip(all.Count / 2), e);
        }
        catch (Exception e)
        {
            // Whatever it is, e.g. a client disposed before its run: those who wait must hear of it.
            _failures.Add(all, new(ErrorCode.InternalError, e.Message, e));
        }
    }

    // A deleted run refuses everything: then halving would ask a thousand times in vain.
    private async Task<bool> TakesEntriesAsync()
    {
        try
        {
            return (await _runs.GetAsync(_runId)).Info.LifecycleStage == LifecycleStage.Active;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}
