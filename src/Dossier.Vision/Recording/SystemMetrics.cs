using Dossier.Client;

namespace Dossier.Vision.Recording;

/// <summary>Logs what the machine is doing, in the background: at the start, in an interval, and at the end. The n-th sample has step n.</summary>
internal sealed class SystemMetrics : IAsyncDisposable
{
    private readonly ActiveRun _run;
    private readonly SystemSample _sample = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _sampling;
    private long _step;

    public SystemMetrics(ActiveRun run, TimeSpan interval, TimeProvider time)
    {
        _run = run;
        _timer = new(interval, time);
        _sampling = Task.Run(SampleAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _sampling;
        Log();
    }

    private async Task SampleAsync()
    {
        do
        {
            Log();
        }
        while (await _timer.WaitForNextTickAsync());
    }

    private void Log()
    {
        foreach (var (name, value) in _sample.Read())
        {
            _run.LogMetric(name, value, _step);
        }

        _step++;
    }
}
