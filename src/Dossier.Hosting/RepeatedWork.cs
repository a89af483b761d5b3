using Microsoft.Extensions.Logging;

namespace Dossier.Hosting;

/// <summary>Work that is done again and again while the server runs. A failure is logged once, and the work tried on.</summary>
public sealed class RepeatedWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private RepeatedWork(string name, TimeSpan pause, Func<CancellationToken, Task> work, TimeProvider clock, ILogger logger, bool atTheEndToo) =>
        _running = RunAsync(name, pause, work, clock, logger, atTheEndToo);

    /// <summary>Starts it.</summary>
    /// <param name="name">What the log calls it.</param>
    /// <param name="pause">How long from one time to the next.</param>
    /// <param name="work">The work.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="atTheEndToo">Whether it is done once more when the server stops.</param>
    public static RepeatedWork Start(
        string name, TimeSpan pause, Func<CancellationToken, Task> work, TimeProvider clock, ILogger logger, bool atTheEndToo = false) =>
        new(name, pause, work, clock, logger, atTheEndToo);

    /// <summary>Ends once the work that has begun is done or has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(string name, TimeSpan pause, Func<CancellationToken, Task> work, TimeProvider clock, ILogger logger, bool atTheEndToo)
    {
        using var timer = new PeriodicTimer(pause, clock);
        var failed = false;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                failed = await TryAsync(name, work, failed, logger, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        if (atTheEndToo)
        {
            await TryAsync(name, work, failed, logger, CancellationToken.None);
        }
    }

    private static async Task<bool> TryAsync(string name, Func<CancellationToken, Task> work, bool failedBefore, ILogger logger, CancellationToken stop)
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
                logger.LogError(failure, "{Work} failed and will be tried again", name);
            }

            return true;
        }
    }
}
