using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dossier.Hosting;

/// <summary>Work that is done again and again while the host runs. A failure is logged once, and the work tried again.</summary>
/// <param name="name">What the log calls it.</param>
/// <param name="pause">How long from one time to the next.</param>
/// <param name="work">The work.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">For failures.</param>
/// <param name="atTheEndToo">Whether it is done once more when the host stops.</param>
public sealed class RepeatedWork(
    string name, TimeSpan pause, Func<CancellationToken, Task> work, TimeProvider clock, ILogger logger, bool atTheEndToo) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = RunAsync();
        return Task.CompletedTask;
    }

    /// <summary>Ends once the work that has begun is done or has stopped, and the last round is over: it is not cut short, whatever the host's patience.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(pause, clock);
        var failed = false;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                failed = await TryAsync(failed, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        if (atTheEndToo)
        {
            await TryAsync(failed, CancellationToken.None);
        }
    }

    private async Task<bool> TryAsync(bool failedBefore, CancellationToken stop)
    {
        try
        {
            await work(stop);
            return false;
        }
#pragma warning disable CA1031 // Whatever it is, the work must go on at the next time: a database may be back by then.
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (!failedBefore)
            {
                logger.WorkFailed(failure, name);
            }

            return true;
        }
    }
}
