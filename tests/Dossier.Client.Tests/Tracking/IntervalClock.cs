using Microsoft.Extensions.Time.Testing;

namespace Dossier.Client.Tests.Tracking;

/// <summary>A clock that stands, and tells when somebody has started to wait for one second.</summary>
internal sealed class IntervalClock : FakeTimeProvider
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task IntervalStarted => _started.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == TimeSpan.FromSeconds(1))
        {
            _started.TrySetResult();
        }

        return timer;
    }
}
