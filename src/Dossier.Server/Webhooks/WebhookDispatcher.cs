using Dossier.Core.Webhooks;
using Dossier.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dossier.Server.Webhooks;

/// <summary>
/// Background work: reads on in the stream of events and sends webhooks. Wakes at commits of this process and looks for those of others
/// now and then; where there are no webhooks it looks for nothing else.
/// </summary>
internal sealed class WebhookDispatcher : IHostedService, IDisposable
{
    private const int MostAtOnce = 8;

    // Long enough for an attempt and for writing it down; after a kill so long passes until another takes over.
    private static readonly TimeSpan Lease = HttpWebhookSender.Timeout + TimeSpan.FromSeconds(5);

    private static readonly TimeSpan IdlePause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Commits may come thousands a second, and most are of no interest.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly IWebhookOutbox _outbox;
    private readonly WebhookDelivering _delivering;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Dictionary<long, Task> _turns = [];
    private Task _running = Task.CompletedTask;
    private bool _failed;

    public WebhookDispatcher(IWebhookOutbox outbox, WebhookDelivering delivering, TimeProvider clock, ILogger logger) =>
        (_outbox, _delivering, _clock, _logger) = (outbox, delivering, clock, logger);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Takes up nothing new and waits for the attempts that have begun; those that are not done when <paramref name="cancellationToken"/> ends the host's
    /// patience are cut short, and made again after the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
        await using (cancellationToken.UnsafeRegister(static abort => ((CancellationTokenSource)abort!).Cancel(), _abort))
        {
            await Task.WhenAll(_turns.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var change = _outbox.NextChange;
            var (pause, more) = (IdlePause, false);
            foreach (var done in _turns.Where(turn => turn.Value.IsCompleted).Select(turn => turn.Key).ToList())
            {
                _turns.Remove(done);
            }

            try
            {
                if (await _outbox.HasWebhooksAsync(_stop.Token))
                {
                    pause = Pause;
                    more = await _outbox.FanOutAsync(_clock.Milliseconds(), _stop.Token);
                    await TakeTurnsAsync();
                }

                _failed = false;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it is, the work must go on: a database may be back in a moment.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Report(failure);
            }

            if (!more)
            {
                await WaitAsync(change, pause);
            }
        }
    }

    private async Task TakeTurnsAsync()
    {
        if (_turns.Count < MostAtOnce)
        {
            var now = _clock.Milliseconds();
            foreach (var key in await _outbox.LeaseAsync(MostAtOnce - _turns.Count, now, now + (long)Lease.TotalMilliseconds, _stop.Token))
            {
                _turns[key] = TurnAsync(key);
            }
        }
    }

    private async Task TurnAsync(long key)
    {
        try
        {
            await _delivering.TurnAsync(key, (long)Lease.TotalMilliseconds, _stop.Token, _abort.Token);
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The lease ends by itself.
        }
#pragma warning disable CA1031 // The lease ends by itself, and then it is tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Report(failure);
        }
    }

    // The end of a turn wakes too: meanwhile the webhook could not be leased.
    private async Task WaitAsync(Task change, TimeSpan pause)
    {
        try
        {
            await Task.Delay(ShortestPause, _clock, _stop.Token);
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var due = Task.Delay(pause - ShortestPause, _clock, timer.Token);
            await Task.WhenAny([change, due, .. _turns.Values]);
            await timer.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Report(Exception failure)
    {
        if (!_failed)
        {
            _logger.WebhooksFailed(failure);
        }

        _failed = true;
    }
}
