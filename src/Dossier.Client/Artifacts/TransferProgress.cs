namespace Dossier.Client;

/// <summary>Counts the bytes of a transfer of one or many files; an attempt that fails is taken back.</summary>
internal sealed class TransferProgress(IProgress<long>? report)
{
    private long _total;

    public void Add(long bytes)
    {
        var sum = Interlocked.Add(ref _total, bytes);
        report?.Report(sum);
    }

    /// <summary>Counts one attempt at one file.</summary>
    public sealed class OfAttempt(TransferProgress all, Attempt attempt)
    {
        private long _bytes;

        public void BytesMoved(int count)
        {
            attempt.RestartTimeout();
            _bytes += count;
            all.Add(count);
        }

        public void TakeBack() => all.Add(-_bytes);
    }
}
