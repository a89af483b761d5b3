namespace Dossier.CommandLine.Invocation;

/// <summary>Waits for the end that a user or the system asks for.</summary>
public static class Waiting
{
    /// <summary>Returns when the token is cancelled: for a server, that is the normal end.</summary>
    public static Task ForAsync(CancellationToken stop) =>
        Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
