namespace Dossier.Client;

/// <summary>Counts the bytes of a transfer of one or many files; an attempt that fails is taken back.</summary>
internal sealed class TransferProgress(IProgress<long>? report)
{
    private long total;

    public void Add(long bytes)
    {
        var sum = Interlocked.Add(ref total, bytes);
        report?.Report(sum);
    }

    /// <summary>Counts one attempt at one file.</summary>
    public sealed class OfAttempt(TransferProgress all, Attempt attempt)
    {
        private long bytes;

        public void Moved(int count)
        {
            attempt.Moved();
            bytes += count;
            all.Add(count);
        }

        public void TakeBack() => all.Add(-bytes);
    }
}
