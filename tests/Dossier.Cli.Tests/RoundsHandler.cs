namespace Dossier.Cli.Tests;

/// <summary>
/// Sends requests in rounds of known sizes: a round's requests are held until all of them are there, and its answers until all have come.
/// Only requests that do not depend on each other's answers can be in one round, so a program that needs more rounds waits for ever.
/// </summary>
internal sealed class RoundsHandler(HttpMessageHandler inner, params int[] sizes) : DelegatingHandler(inner)
{
    private readonly Lock _lock = new();
    private readonly Round[] _rounds = [.. sizes.Select(size => new Round(size))];

    /// <summary>What was sent, round by round.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Sent => [.. _rounds.Select(round => round.Sent)];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Round round;
        lock (_lock)
        {
            round = _rounds.First(open => open.Sent.Count < open.Size);
            round.Sent.Add($"{request.Method} {Uri.UnescapeDataString(request.RequestUri!.PathAndQuery)}");
            if (round.Sent.Count == round.Size)
            {
                round.Full.SetResult();
            }
        }

        await round.Full.Task.WaitAsync(cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        if (round.Answered() == round.Size)
        {
            round.Done.SetResult();
        }

        await round.Done.Task.WaitAsync(cancellationToken);
        return answer;
    }

    private sealed class Round(int size)
    {
        private int _answered;

        public int Size => size;

        public List<string> Sent { get; } = [];

        public TaskCompletionSource Full { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Answered() => Interlocked.Increment(ref _answered);
    }
}
