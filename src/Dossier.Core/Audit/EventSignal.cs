namespace Dossier.Core.Audit;

/// <summary>Signals within this process that an event was committed, so that readers of the stream need not poll.</summary>
public sealed class EventSignal
{
    private TaskCompletionSource? _next;

    /// <summary>
    /// Completes at the next commit of an event. Take it before reading the stream and wait for it afterwards: then nothing is missed.
    /// It does not signal events that other processes commit to the same database.
    /// </summary>
    public Task Next
    {
        get
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _next, made, null) ?? made).Task;
        }
    }

    /// <summary>An event was committed.</summary>
    public void Raise()
    {
        // Usually nobody waits: then it costs one read.
        if (Volatile.Read(ref _next) is not null)
        {
            Interlocked.Exchange(ref _next, null)?.TrySetResult();
        }
    }
}
