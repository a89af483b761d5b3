namespace Dossier.Client;

/// <summary>One attempt of a call. It ends when the caller cancels, or when nothing moves for the options' timeout.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _linked;

    public Attempt(TimeSpan timeout, TimeProvider time, CancellationToken cancelled)
    {
        _timeout = timeout;
        _stalled = new(timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_stalled.Token, cancelled);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>Whether it was ended for lack of progress.</summary>
    public bool Stalled => _stalled.IsCancellationRequested;

    /// <summary>Something moved: the time starts anew.</summary>
    public void RestartTimeout() => _stalled.CancelAfter(_timeout);

    public void Dispose()
    {
        _linked.Dispose();
        _stalled.Dispose();
    }
}
