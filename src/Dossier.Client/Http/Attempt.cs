namespace Dossier.Client;

/// <summary>One attempt of a call. It ends when the caller cancels, or when nothing moves for the options' timeout.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly TimeSpan timeout;
    private readonly CancellationTokenSource stalled;
    private readonly CancellationTokenSource linked;

    public Attempt(TimeSpan timeout, TimeProvider time, CancellationToken cancelled)
    {
        this.timeout = timeout;
        stalled = new(timeout, time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancelled);
    }

    public CancellationToken Token => linked.Token;

    /// <summary>Whether it was ended for lack of progress.</summary>
    public bool Stalled => stalled.IsCancellationRequested;

    /// <summary>Something moved: the time starts anew.</summary>
    public void Moved() => stalled.CancelAfter(timeout);

    public void Dispose()
    {
        linked.Dispose();
        stalled.Dispose();
    }
}
